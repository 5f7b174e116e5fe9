//! Assignment of problems to the document or the overlay.

use discovery::{Document, Problem, Severity, Source};
use insta::assert_snapshot;
use serde_json::json;

use crate::support::{document, overlay_problems, reported};

#[test]
fn values_that_an_overlay_set() {
    assert_snapshot!(overlay_problems(json!({
        "rootUrl": "http://example.com/",
        "methods": { "get": { "operationInfo": { "responseType": { "$ref": "Rapport" } } } },
        "schemas": { "Empty": { "id": "Empty", "type": "object", "surprise": 1 } },
    })), @"
    error: overlay /rootUrl: the URL `http://example.com/` is not `https`
      help: requests and credentials go there; use `https://host/` or `https://host/path/`

    warning: overlay /schemas/Empty/surprise: the key `surprise` is not known in a schema
      help: it is ignored; check whether the API has a new feature

    error: overlay /methods/get/operationInfo/responseType: `$ref` names the schema `Rapport`, which the document does not have
      help: correct the name, or add the schema to `schemas`
    ");
}

#[test]
fn values_that_an_overlay_removed() {
    assert_snapshot!(overlay_problems(json!({ "methods": { "get": { "id": null } } })), @"
    error: overlay /methods/get: `id` is missing
      help: every method has it
    ");
}

#[test]
fn both_texts_are_read_to_the_end() {
    let mut document = document();
    document["protocol"] = json!("rpc");
    let overlay = json!({ "name": "checks", "protocol2": "rest" });
    assert_snapshot!(reported(&document.to_string(), Some(&overlay.to_string())), @"
    error: overlay /name: sets the value that the document has already
      help: the document has changed: remove the entry, or correct it

    error: /protocol: the protocol of the API is `rpc`
      help: only `rest` is supported

    warning: overlay /protocol2: the key `protocol2` is not known in a document
      help: it is ignored; check whether the API has a new feature
    ");
    assert_snapshot!(reported("{", Some("}")), @"
    error: overlay 1:1: the text is not JSON: expected value
      help: an overlay is JSON too: no comments, no comma at the end of a list

    error: 1:1: the text is not JSON: EOF while parsing an object
      help: use the file as it was published
    ");
}

/// Later readers of the document can assign their problems to a text.
#[test]
fn problems_found_later_are_assigned_too() {
    let overlay = json!({
        "schemas": { "Report": { "properties": { "size": { "type": "integer" } } } },
        "methods": { "get": { "parameterOrder": null } },
        "title": null,
    });
    let mut document = document();
    document["title"] = json!("Checks");
    let parsed = Document::parse(&document.to_string(), Some(&overlay.to_string())).unwrap();
    let problems = [
        "",
        "/schemas/Report/properties/size/type",
        "/schemas/Report/properties/name",
        "/methods/get",
        "/methods/get/path",
    ];
    let problems = problems
        .map(|pointer| Problem::error(pointer, "is wrong"))
        .into_iter();
    assert_snapshot!(parsed.attribute(problems.collect()), @"
    error: is wrong

    error: overlay /schemas/Report/properties/size/type: is wrong

    error: /schemas/Report/properties/name: is wrong

    error: overlay /methods/get: is wrong

    error: /methods/get/path: is wrong
    ");
}

#[test]
fn the_fields_of_a_problem() {
    let overlay = json!({ "schemas": { "Report": { "surprise": 1 } } });
    let parsed = Document::parse(&document().to_string(), Some(&overlay.to_string()));
    let warnings: Vec<_> = parsed.expect("no error").warnings.into_iter().collect();
    let [warning] = warnings.as_slice() else {
        panic!("one warning, not {warnings:?}")
    };
    assert_eq!(warning.severity, Severity::Warning);
    assert_eq!(warning.source, Source::Overlay);
    assert_eq!(warning.pointer, "/schemas/Report/surprise");
}
