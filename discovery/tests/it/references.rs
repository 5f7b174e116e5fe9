//! References between the parts of a document.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::problems;

#[test]
fn dangling_references() {
    assert_snapshot!(problems(|document| {
        let missing = json!({ "$ref": "Foo" });
        let method = &mut document["methods"]["get"];
        method["request"] = missing.clone();
        method["response"] = missing.clone();
        method["operationInfo"] = json!({ "responseType": missing, "metadataType": missing });
        document["schemas"]["Report"]["properties"] = json!({
            "list": { "type": "array", "items": missing },
            "map": { "type": "object", "additionalProperties": missing },
            "nested": { "type": "object", "properties": { "state": missing } },
        });
        document["resources"] = json!({ "apps": { "resources": { "reports": { "methods": {
            "list": { "id": "a", "httpMethod": "GET", "path": "a", "response": missing },
        }}}}});
    }), @"
    error: /schemas/Report/properties/list/items: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /schemas/Report/properties/map/additionalProperties: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /schemas/Report/properties/nested/properties/state: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /methods/get/request: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /methods/get/response: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /methods/get/operationInfo/responseType: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /methods/get/operationInfo/metadataType: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`

    error: /resources/apps/resources/reports/methods/list/response: `$ref` names the schema `Foo`, which the document does not have
      help: correct the name, or add the schema to `schemas`
    ");
}

#[test]
fn unreadable_schemas_are_one_problem() {
    assert_snapshot!(problems(|document| document["schemas"] = json!([])), @"
    error: /schemas: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

#[test]
fn circles_of_references() {
    assert_snapshot!(problems(|document| {
        document["schemas"]["A"] = json!({ "$ref": "B" });
        document["schemas"]["B"] = json!({ "$ref": "C" });
        document["schemas"]["C"] = json!({ "$ref": "B" });
        document["schemas"]["D"] = json!({ "$ref": "Report" });
        document["schemas"]["Report"]["properties"]["next"] = json!({ "$ref": "Report" });
    }), @"
    error: /schemas/C: `$ref` leads back to `B`
      help: follow the references, and give one of the schemas a `type`
    ");
}

#[test]
fn ids_of_schemas() {
    assert_snapshot!(problems(|document| document["schemas"]["Report"]["id"] = json!("Rapport")), @"
    warning: /schemas/Report/id: the schema `Report` has the id `Rapport`
      help: references resolve by the key, and the id should repeat it
    ");
}

#[test]
fn ids_of_methods() {
    assert_snapshot!(problems(|document| {
        document["resources"] = json!({ "apps": { "methods": {
            "get": { "id": "checks.get", "httpMethod": "GET", "path": "v1alpha/apps" },
        }}});
    }), @"
    warning: /methods/get/id: several methods have the id `checks.get`
      help: give each method an id of its own, so that annotations can refer to it

    warning: /resources/apps/methods/get/id: several methods have the id `checks.get`
      help: give each method an id of its own, so that annotations can refer to it
    ");
}

#[test]
fn annotations() {
    assert_snapshot!(problems(|document| {
        document["schemas"]["Report"]["properties"]["name"]["annotations"] =
            json!({ "required": ["checks.get", "checks.put"] });
    }), @"
    warning: /schemas/Report/properties/name/annotations/required/1: no method has the id `checks.put`
      help: the annotation lists methods whose requests need the property
    ");
}

#[test]
fn scopes() {
    assert_snapshot!(problems(|document| {
        document["auth"] = json!({ "oauth2": { "scopes": { "openid": { "description": "" } } } });
        document["methods"]["get"]["scopes"] = json!(["openid", "https://mail.google.com/"]);
    }), @"
    warning: /methods/get/scopes/1: the scope `https://mail.google.com/` is not declared
      help: add it to `auth.oauth2.scopes`
    ");
    assert_snapshot!(problems(|document| {
        document["auth"] = json!({ "oauth2": [] });
        document["methods"]["get"]["scopes"] = json!(["openid"]);
    }), @"
    error: /auth/oauth2: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}
