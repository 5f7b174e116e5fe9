//! Overlays: entries that apply, and entries that no longer do.

use discovery::Document;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{document, overlay_problems};

fn apply(overlay: Value) -> Document {
    let parsed = Document::parse(&document().to_string(), Some(&overlay.to_string()));
    let parsed = parsed.expect("no error");
    assert!(parsed.warnings.is_empty(), "{}", parsed.warnings);
    parsed.document
}

#[test]
fn sets_adds_and_removes() {
    let document = apply(json!({
        "title": "Checks",
        "auth": { "oauth2": { "scopes": { "openid": { "description": "Sign in" } } } },
        "methods": { "get": {
            "path": "v2/{+name}",
            "parameterOrder": null,
            "operationInfo": { "responseType": { "$ref": "Report" } },
        }},
    }));
    assert_eq!(document.title, "Checks");
    assert_eq!(document.scopes["openid"], "Sign in");
    assert_eq!(document.methods["get"].path.to_string(), "v2/{+name}");
    assert!(document.methods["get"].parameter_order.is_empty());
    assert!(document.methods["get"].operation_info.is_some());
}

#[test]
fn adds_what_is_whole() {
    let document = apply(json!({
        "schemas": {
            "Empty": { "id": "Empty", "type": "object" },
            "Report": { "properties": { "empty": { "$ref": "Empty" } } },
        },
        "methods": { "get": { "parameters": { "page": { "type": "string", "location": "query" } } } },
        "resources": { "apps": { "methods": {
            "list": { "id": "checks.apps.list", "httpMethod": "GET", "path": "v1alpha/apps" },
        }}},
    }));
    assert!(document.schemas.contains_key("Empty"));
    assert!(document.schemas["Report"].properties.contains_key("empty"));
    assert!(document.methods["get"].parameters.contains_key("page"));
    assert_eq!(
        document.resources["apps"].methods["list"].path.to_string(),
        "v1alpha/apps"
    );
}

#[test]
fn names_the_default_scopes() {
    let with = |defaults: Value| {
        let scopes = json!({ "openid": { "description": "Sign in" } });
        let oauth2 = json!({ "scopes": scopes, "defaultScopes": defaults });
        json!({ "auth": { "oauth2": oauth2 } })
    };
    let defaults = |overlay| apply(overlay).default_scopes;
    assert_eq!(defaults(json!({ "title": "Checks" })), None);
    assert_eq!(defaults(with(json!([]))), Some(Vec::new()));
    assert_eq!(defaults(with(json!(["openid"]))).unwrap(), ["openid"]);
    assert_snapshot!(overlay_problems(with(json!(["openid", "email", 1]))), @"
    error: overlay /auth/oauth2/defaultScopes/2: expected a string, found a number
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: overlay /auth/oauth2/defaultScopes/1: the default scope `email` is not declared
      help: name a scope of `auth.oauth2.scopes`, or add it there
    ");
}

#[test]
fn replaces_a_list_as_a_whole() {
    let document = apply(json!({ "methods": { "get": { "parameterOrder": [] } } }));
    assert!(document.methods["get"].parameter_order.is_empty());
}

#[test]
fn must_be_an_object() {
    assert_snapshot!(overlay_problems(json!([])), @"
    error: overlay: the overlay is not a JSON object
      help: it has the form of a document, with the keys that differ
    ");
}

#[test]
fn removes_what_is_absent() {
    assert_snapshot!(overlay_problems(json!({
        "auth": null,
        "methods": { "get": { "request": null } },
        "schemas": { "Account": null },
    })), @"
    error: overlay /auth: removes what the document does not have
      help: the document has changed: remove the entry, or correct it

    error: overlay /methods/get/request: removes what the document does not have
      help: the document has changed: remove the entry, or correct it

    error: overlay /schemas/Account: removes what the document does not have
      help: the document has changed: remove the entry, or correct it
    ");
}

#[test]
fn sets_what_is_set() {
    assert_snapshot!(overlay_problems(json!({
        "name": "checks",
        "methods": { "get": { "parameterOrder": ["name"] } },
    })), @"
    error: overlay /methods/get/parameterOrder: sets the value that the document has already
      help: the document has changed: remove the entry, or correct it

    error: overlay /name: sets the value that the document has already
      help: the document has changed: remove the entry, or correct it
    ");
}

#[test]
fn changes_nothing() {
    assert_snapshot!(overlay_problems(json!({ "methods": { "get": {} } })), @"
    error: overlay /methods/get: changes nothing
      help: add the differing values, or remove the entry
    ");
}

#[test]
fn changes_what_is_absent() {
    assert_snapshot!(overlay_problems(json!({
        "methods": {
            "get": { "parameters": { "page": { "description": "The page." } } },
            "put": { "operationInfo": { "responseType": { "$ref": "Report" } } },
        },
        "resources": { "apps": { "methods": { "get": { "deprecated": true } } } },
        "schemas": {
            "Account": { "description": "An account." },
            "Report": { "properties": { "state": { "readOnly": true } } },
        },
    })), @"
    error: overlay /methods/get/parameters/page: changes a parameter that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `type` and `location`

    error: overlay /methods/put: changes a method that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `id`, `httpMethod` and `path`

    error: overlay /resources/apps: changes a resource that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `methods` or `resources`, all of them complete

    error: overlay /schemas/Account: changes a schema that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `id` and `type`

    error: overlay /schemas/Report/properties/state: changes a property that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `type` or `$ref`
    ");
}
