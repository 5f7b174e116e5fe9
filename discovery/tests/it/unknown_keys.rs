//! Unknown keys, and known keys that a client does not need.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{parse, problems};

/// Adds an unknown key to every object whose keys the format defines.
fn surprise(document: &mut Value) {
    let schema = json!({ "type": "string", "surprise": 1 });
    let protocol = json!({ "path": "/upload/a", "surprise": 1 });
    document["surprise"] = json!(1);
    document["auth"] = json!({ "surprise": 1, "oauth2": {
        "surprise": 1,
        "scopes": { "openid": { "description": "", "surprise": 1 } },
    }});
    document["endpoints"] = json!([{ "endpointUrl": "https://a.googleapis.com/", "surprise": 1 }]);
    document["parameters"] =
        json!({ "alt": { "type": "any", "location": "query", "surprise": 1 } });
    document["resources"] =
        json!({ "apps": { "surprise": 1, "resources": { "a": { "surprise": 1 } } } });
    document["methods"]["get"] = json!({
        "id": "get", "httpMethod": "GET", "path": "a", "surprise": 1,
        "parameters": { "a": { "type": "string", "location": "query", "surprise": 1 } },
        "request": schema, "response": schema,
        "mediaUpload": {
            "surprise": 1,
            "protocols": { "surprise": 1, "simple": protocol, "resumable": protocol },
        },
        "operationInfo": { "surprise": 1, "responseType": schema, "metadataType": schema },
    });
    document["schemas"]["Report"] = json!({ "id": "Report", "type": "object", "surprise": 1,
        "properties": { "a": { "type": "object", "additionalProperties": schema } },
        "items": { "type": "string", "surprise": 1, "annotations": { "surprise": 1 } },
    });
}

#[test]
fn at_every_level() {
    let mut places: Vec<_> = parse(surprise)
        .warnings
        .iter()
        .map(|warning| warning.pointer.clone())
        .collect();
    places.sort();
    assert_snapshot!(places.join("\n"), @"
    /auth/oauth2/scopes/openid/surprise
    /auth/oauth2/surprise
    /auth/surprise
    /endpoints/0/surprise
    /methods/get/mediaUpload/protocols/resumable/surprise
    /methods/get/mediaUpload/protocols/simple/surprise
    /methods/get/mediaUpload/protocols/surprise
    /methods/get/mediaUpload/surprise
    /methods/get/operationInfo/metadataType/surprise
    /methods/get/operationInfo/responseType/surprise
    /methods/get/operationInfo/surprise
    /methods/get/parameters/a/surprise
    /methods/get/request/surprise
    /methods/get/response/surprise
    /methods/get/surprise
    /parameters/alt/surprise
    /resources/apps/resources/a/surprise
    /resources/apps/surprise
    /schemas/Report/items/annotations/surprise
    /schemas/Report/items/surprise
    /schemas/Report/properties/a/additionalProperties/surprise
    /schemas/Report/surprise
    /surprise
    ");
}

#[test]
fn the_message() {
    assert_snapshot!(problems(|document| document["surprise"] = json!(1)), @"
    warning: /surprise: the key `surprise` is not known in a document
      help: it is ignored; check whether the API has a new feature
    ");
    assert_snapshot!(problems(|document| document["endpoints"] = json!([
        { "endpointUrl": "https://a.googleapis.com/", "surprise": {} },
    ])), @"
    warning: /endpoints/0/surprise: the key `surprise` is not known in a regional endpoint
      help: it is ignored; check whether the API has a new feature
    ");
}

/// Only parameters have a location, and only other schemas have annotations.
#[test]
fn at_another_level() {
    assert_snapshot!(problems(|document| {
        let name = json!({ "type": "string", "location": "path", "required": true, "repeated": true });
        document["schemas"]["Report"]["properties"]["name"] = name;
        document["methods"]["get"]["parameters"]["name"]["annotations"] = json!({});
        document["methods"]["get"]["response"]["parameterName"] = json!("resource");
    }), @"
    warning: /schemas/Report/properties/name/location: the key `location` is not known in a schema
      help: it is ignored; check whether the API has a new feature

    warning: /schemas/Report/properties/name/repeated: the key `repeated` is not known in a schema
      help: it is ignored; check whether the API has a new feature

    warning: /schemas/Report/properties/name/required: the key `required` is not known in a schema
      help: it is ignored; check whether the API has a new feature

    warning: /methods/get/parameters/name/annotations: the key `annotations` is not known in a parameter
      help: it is ignored; check whether the API has a new feature

    warning: /methods/get/response/parameterName: the key `parameterName` is not known in a schema
      help: it is ignored; check whether the API has a new feature
    ");
}

#[test]
fn ignored() {
    let read = parse(|document| {
        for key in [
            "basePath",
            "discoveryVersion",
            "etag",
            "exponentialBackoffDefault",
            "icons",
            "serviceVersion",
            "version_module",
        ] {
            document[key] = json!("anything");
        }
        document["methods"]["get"]["request"] =
            json!({ "$ref": "Report", "parameterName": "resource" });
    });
    assert!(read.warnings.is_empty(), "{}", read.warnings);
}
