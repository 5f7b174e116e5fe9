//! Findings of mutants, as tests of their own.

use serde_json::json;

use crate::invariant::{self, Outcome};

/// Two resources whose modules differ only by the mark of a reserved feature.
#[test]
fn features_do_not_meet() {
    for reserved in ["default", "ring"] {
        let method = json!({"id": "x.get", "httpMethod": "GET", "path": "x"});
        let resource = json!({"methods": {"get": method}});
        let mut document = document();
        for name in [reserved.to_owned(), reserved.to_uppercase()] {
            document["resources"][name] = resource.clone();
        }
        let outcome = invariant::check(&document.to_string(), None);
        assert_eq!(outcome, Ok(Outcome::Generated), "{reserved}");
    }
}

/// Characters without a glyph of their own, wherever a document has text.
#[test]
fn invisible_characters_reach_no_file() {
    for invisible in ["\u{34f}", "\u{fe0f}", "\u{e0100}", "\u{3164}", "\u{202e}"] {
        let text = format!("a{invisible}b");
        let mut document = document();
        document["title"] = json!(text);
        document["description"] = json!(text);
        document["revision"] = json!(text);
        document["schemas"]["Thing"] = json!({
            "id": "Thing", "type": "object", "description": text,
            "properties": { "state": { "type": "string", "enum": ["A"], "description": text } },
        });
        document["methods"]["get"] = json!({
            "id": "tiny.get", "httpMethod": "GET", "path": "x", "description": text,
            "parameters": { "q": {
                "type": "string", "location": "query", "description": text, "default": text,
            }},
        });
        let outcome = invariant::check(&document.to_string(), None);
        assert_eq!(outcome, Ok(Outcome::Generated), "{}", text.escape_unicode());
    }
}

fn document() -> serde_json::Value {
    json!({
        "kind": "discovery#restDescription",
        "protocol": "rest",
        "discoveryVersion": "v1",
        "id": "tiny:v1",
        "name": "tiny",
        "version": "v1",
        "revision": "20260101",
        "title": "Tiny API",
        "rootUrl": "https://tiny.googleapis.com/",
        "servicePath": "",
        "baseUrl": "https://tiny.googleapis.com/",
        "basePath": "",
        "resources": {}
    })
}
