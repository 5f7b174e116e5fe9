//! A small document, and its problems after a change.

use discovery::{Document, Parsed};
use serde_json::{Value, json};

/// Returns a document without problems. Its method is `/methods/get`, its schema `/schemas/Report`.
pub(crate) fn document() -> Value {
    json!({
        "kind": "discovery#restDescription",
        "protocol": "rest",
        "id": "checks:v1alpha",
        "name": "checks",
        "version": "v1alpha",
        "rootUrl": "https://checks.googleapis.com/",
        "servicePath": "",
        "methods": {
            "get": {
                "id": "checks.get",
                "httpMethod": "GET",
                "path": "v1alpha/{+name}",
                "parameterOrder": ["name"],
                "parameters": {
                    "name": { "type": "string", "location": "path", "required": true },
                },
                "response": { "$ref": "Report" },
            },
        },
        "schemas": {
            "Report": {
                "id": "Report",
                "type": "object",
                "properties": { "name": { "type": "string" } },
            },
        },
    })
}

/// Reads the document after a change.
pub(crate) fn parse(change: impl FnOnce(&mut Value)) -> Parsed {
    let mut document = document();
    change(&mut document);
    Document::parse(&document.to_string(), None).expect("no error")
}

/// Returns the problems of the document after a change.
pub(crate) fn problems(change: impl FnOnce(&mut Value)) -> String {
    let mut document = document();
    change(&mut document);
    reported(&document.to_string(), None)
}

/// Returns the problems of the document with an overlay.
pub(crate) fn overlay_problems(overlay: Value) -> String {
    reported(&document().to_string(), Some(&overlay.to_string()))
}

/// Returns the problems of a text with an overlay.
pub(crate) fn reported(text: &str, overlay: Option<&str>) -> String {
    match Document::parse(text, overlay) {
        Ok(parsed) => parsed.warnings.to_string(),
        Err(problems) => problems.to_string(),
    }
}

/// Removes a member of an object.
pub(crate) fn remove(object: &mut Value, key: &str) {
    object
        .as_object_mut()
        .expect("an object")
        .remove(key)
        .expect("a member");
}

#[test]
fn the_small_document_has_no_problem() {
    assert_eq!(problems(|_| {}), "");
}
