//! Whatever a document has at whatever place, it is read without a panic, and what is said of it
//! has a place in the text.

use discovery::{Document, locate};
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
    let replacements = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("{"),
        json!([[]]),
        json!({ "": 1 }),
    ];
    for pointer in pointers(document, String::new()) {
        for replacement in &replacements {
            let mut mutant = document.clone();
            *mutant.pointer_mut(&pointer).expect("a place") = replacement.clone();
            check(&mutant.to_string(), &pointer);
        }
        let mut mutant = document.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(parent)) = mutant.pointer_mut(parent) {
            parent.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        check(&mutant.to_string(), &pointer);
    }
}

fn check(text: &str, mutated: &str) {
    let problems = match Document::parse(text, None) {
        Ok(parsed) => parsed.warnings,
        Err(problems) => problems,
    };
    for problem in &problems {
        assert!(
            locate(text, &problem.pointer).is_some(),
            "{mutated} changed: {problem}"
        );
    }
}

fn pointers(value: &Value, at: String) -> Vec<String> {
    let within: Vec<_> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    let below = within
        .into_iter()
        .flat_map(|(key, value)| pointers(value, format!("{at}/{key}")));
    let below: Vec<_> = below.collect();
    std::iter::once(at).chain(below).collect()
}
