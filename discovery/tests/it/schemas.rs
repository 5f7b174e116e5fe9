//! Schemas on their own.

use discovery::SchemaKind;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{parse, problems};

fn property(property: Value) -> String {
    problems(|document| document["schemas"]["Report"]["properties"]["state"] = property)
}

#[test]
fn type_or_reference() {
    assert_snapshot!(property(json!({ "description": "?" })), @"
    error: /schemas/Report/properties/state: the schema has neither `type` nor `$ref`
      help: a schema has exactly one of them
    ");
    assert_snapshot!(property(json!({ "type": "object", "$ref": "Report" })), @"
    error: /schemas/Report/properties/state: the schema has both `type` and `$ref`
      help: a schema has exactly one of them
    ");
}

#[test]
fn types() {
    for (name, kind) in [
        ("any", SchemaKind::Any),
        ("array", SchemaKind::Array),
        ("boolean", SchemaKind::Boolean),
        ("integer", SchemaKind::Integer),
        ("number", SchemaKind::Number),
        ("object", SchemaKind::Object),
        ("string", SchemaKind::String),
    ] {
        let schema = json!({ "id": "Report", "type": name, "items": { "type": "any" } });
        let read = parse(|document| document["schemas"]["Report"] = schema);
        assert_eq!(read.document.schemas["Report"].kind, kind);
    }
    assert_snapshot!(property(json!({ "type": "int64" })), @"
    error: /schemas/Report/properties/state/type: `int64` is not a known value
      help: the known values are `any`, `array`, `boolean`, `integer`, `number`, `object`, `string`
    ");
    assert_snapshot!(property(json!({ "type": ["string", "null"] })), @"
    error: /schemas/Report/properties/state/type: expected a string, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

#[test]
fn arrays() {
    assert_snapshot!(property(json!({ "type": "array" })), @"
    error: /schemas/Report/properties/state: the array has no `items`
      help: give it the schema of its elements
    ");
    assert_snapshot!(property(json!({ "type": "array", "items": { "type": "array" } })), @"
    error: /schemas/Report/properties/state/items: the array has no `items`
      help: give it the schema of its elements
    ");
    assert_snapshot!(property(json!({ "type": "array", "items": [{ "type": "string" }] })), @"
    error: /schemas/Report/properties/state/items: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

#[test]
fn enums() {
    let state = json!({
        "type": "string",
        "enum": ["ON", "OFF"],
        "enumDescriptions": ["It is on."],
        "enumDeprecated": [false, true, true],
    });
    assert_snapshot!(property(state.clone()), @"
    warning: /schemas/Report/properties/state/enumDescriptions: `enum` has 2 values, `enumDescriptions` has 1
      help: they are matched in order

    warning: /schemas/Report/properties/state/enumDeprecated: `enum` has 2 values, `enumDeprecated` has 3
      help: they are matched in order
    ");
    let read = parse(|document| document["schemas"]["Report"]["properties"]["state"] = state);
    insta::assert_debug_snapshot!(read.document.schemas["Report"].properties["state"].values);
}

#[test]
fn defaults_are_texts() {
    assert_snapshot!(property(json!({ "type": "integer", "format": "int32", "default": 5 })), @"
    error: /schemas/Report/properties/state/default: expected a string, found a number
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

#[test]
fn names_that_a_pointer_escapes() {
    assert_snapshot!(problems(|document| {
        document["schemas"]["Report"]["properties"]["a/b~c"] = json!({});
    }), @"
    error: /schemas/Report/properties/a~1b~0c: the schema has neither `type` nor `$ref`
      help: a schema has exactly one of them
    ");
}

#[test]
fn all_members_of_a_schema() {
    let read = parse(|document| {
        document["schemas"]["Report"] = json!({
            "id": "Report",
            "type": "object",
            "description": "A report.",
            "deprecated": true,
            "properties": {
                "id": {
                    "type": "string", "format": "int64", "readOnly": true, "default": "0",
                    "pattern": "[0-9]+", "minimum": "0", "maximum": "9",
                    "annotations": { "required": ["checks.get"] },
                },
                "parts": { "type": "array", "items": { "$ref": "Report" } },
                "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            },
        });
    });
    assert!(read.warnings.is_empty(), "{}", read.warnings);
    insta::assert_debug_snapshot!(read.document.schemas["Report"]);
}

/// Schemas are read by recursion.
#[test]
fn nested_schemas() {
    let nested = |depth: usize| {
        let inner = json!({ "type": "string" });
        (0..depth).fold(inner, |items, _| json!({ "type": "array", "items": items }))
    };
    assert_eq!(property(nested(19)), "");
    assert_snapshot!(property(nested(20)).replace("/items", "/…"), @"
    error: /schemas/Report/properties/state/…/…/…/…/…/…/…/…/…/…/…/…/…/…/…/…/…/…/…/…: the schema is nested in more than 20 others
      help: give one of them a name in `schemas`, and refer to it
    ");
    assert_eq!(property(nested(55)).matches("error: ").count(), 1);
}
