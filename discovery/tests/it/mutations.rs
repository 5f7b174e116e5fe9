//! Any value at any place of a document is read without a panic, and every problem has a place in
//! the text.

use discovery::{Document, Source, locate};
use serde_json::{Value, json};

use crate::support;

const OAUTH2: &str = include_str!("../documents/oauth2.v2.json");

#[test]
fn of_a_published_document() {
    mutate(&serde_json::from_str(OAUTH2).expect("JSON"));
}

#[test]
fn of_a_small_document() {
    let mut document = support::document();
    document["auth"] = json!({ "oauth2": { "scopes": { "openid": { "description": "" } } } });
    document["endpoints"] = json!([{ "endpointUrl": "https://a.example/", "location": "a" }]);
    document["methods"]["get"]["scopes"] = json!(["openid"]);
    document["methods"]["get"]["mediaUpload"] = json!({
        "accept": ["*/*"], "maxSize": "1", "protocols": { "simple": { "path": "/a/{+name}" } },
    });
    document["methods"]["get"]["operationInfo"] = json!({ "responseType": { "$ref": "Report" } });
    document["schemas"]["Report"]["properties"]["state"] = json!({
        "type": "array", "annotations": { "required": ["checks.get"] },
        "items": { "type": "string", "enum": ["A"], "enumDescriptions": [""] },
    });
    mutate(&document);
}

fn mutate(document: &Value) {
    let text = document.to_string();
    for pointer in pointers(document, String::new()) {
        for replacement in replacements() {
            let mut mutant = document.clone();
            *mutant.pointer_mut(&pointer).expect("a place") = replacement.clone();
            check(&mutant.to_string(), None);
            check(&text, Some(&overlay(&pointer, replacement).to_string()));
        }
        let mut mutant = document.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(parent)) = mutant.pointer_mut(parent) {
            parent.remove(&unescape(key));
        }
        check(&mutant.to_string(), None);
    }
}

fn replacements() -> [Value; 7] {
    [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("{"),
        json!([[]]),
        json!({ "": 1 }),
    ]
}

/// Returns an overlay that sets one value.
fn overlay(pointer: &str, value: Value) -> Value {
    let keys = pointer.rsplit('/').filter(|key| !key.is_empty());
    keys.fold(value, |value, key| json!({ unescape(key): value }))
}

#[track_caller]
fn check(text: &str, overlay: Option<&str>) {
    let problems = match Document::parse(text, overlay) {
        Ok(parsed) => parsed.warnings,
        Err(problems) => problems,
    };
    for problem in &problems {
        let text = match problem.source {
            Source::Document => text,
            Source::Overlay => overlay.expect("an overlay"),
        };
        assert!(
            locate(text, &problem.pointer).is_some(),
            "not in {text}: {problem}"
        );
    }
}

/// Returns the pointers of a value and of all values in it.
fn pointers(value: &Value, at: String) -> Vec<String> {
    let mut all = Vec::new();
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                all.extend(pointers(value, format!("{at}/{key}")));
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                all.extend(pointers(value, format!("{at}/{index}")));
            }
        }
        _ => {}
    }
    all.push(at);
    all
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
