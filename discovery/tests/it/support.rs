//! A small document, and what is said of it once it is changed.

use discovery::{Document, Parsed};
use serde_json::{Value, json};

/// A document without a problem. Its method is `/methods/get`, its schema `/schemas/Report`.
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

/// The document, changed and read.
pub(crate) fn parse(change: impl FnOnce(&mut Value)) -> Parsed {
    let mut document = document();
    change(&mut document);
    Document::parse(&document.to_string(), None).expect("no error")
}

/// All that is said of the document once it is changed: errors or warnings.
pub(crate) fn problems(change: impl FnOnce(&mut Value)) -> String {
    let mut document = document();
    change(&mut document);
    said(&document.to_string(), None)
}

/// All that is said of the document with an overlay.
pub(crate) fn overlay_problems(overlay: Value) -> String {
    said(&document().to_string(), Some(&overlay.to_string()))
}

/// All that is said of two texts.
pub(crate) fn said(text: &str, overlay: Option<&str>) -> String {
    match Document::parse(text, overlay) {
        Ok(parsed) => parsed.warnings.to_string(),
        Err(problems) => problems.to_string(),
    }
}

/// Takes a member out of an object.
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
