//! Methods: paths, parameters, media, operations.

use discovery::template::Template;
use discovery::{HttpMethod, MediaUpload, UploadProtocol};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{parse, problems, remove};

fn method(change: impl FnOnce(&mut Value)) -> String {
    problems(|document| change(&mut document["methods"]["get"]))
}

#[test]
fn missing_members() {
    assert_snapshot!(method(|method| *method = json!({})), @"
    error: /methods/get: `httpMethod` is missing
      help: every method has it

    error: /methods/get: `path` is missing
      help: every method has it

    error: /methods/get: `id` is missing
      help: every method has it
    ");
}

#[test]
fn wrong_types() {
    assert_snapshot!(method(|method| {
        method["id"] = json!(1);
        method["description"] = json!(null);
        method["deprecated"] = json!("yes");
        method["scopes"] = json!({});
        method["request"] = json!([]);
        method["mediaUpload"] = json!(true);
    }), @"
    error: /methods/get/id: expected a string, found a number
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: /methods/get/description: expected a string, found null
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: /methods/get/request: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: /methods/get/scopes: expected an array, found an object
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: /methods/get/deprecated: expected `true` or `false`, found a string
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: /methods/get/mediaUpload: expected an object, found a boolean
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
    assert_snapshot!(method(|method| method["httpMethod"] = json!("FETCH")), @"
    error: /methods/get/httpMethod: `FETCH` is not a known value
      help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`
    ");
}

#[test]
fn http_methods() {
    for name in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
        let read = parse(|document| document["methods"]["get"]["httpMethod"] = json!(name));
        assert_eq!(read.document.methods["get"].http_method.to_string(), name);
    }
    assert_eq!(HttpMethod::default(), HttpMethod::Get);
}

#[test]
fn malformed_paths() {
    assert_snapshot!(method(|method| method["path"] = json!("v1alpha/{name")), @"
    error: /methods/get/path: the path template `v1alpha/{name` is malformed: character 9: the brace is not closed
      help: a path is literal text, `{variable}`, `{+variable}`, and one `:verb` at the end
    ");
    assert_snapshot!(method(|method| method["path"] = json!("")), @"
    error: /methods/get/path: the path template `` is malformed: character 1: the path is empty
      help: a path is literal text, `{variable}`, `{+variable}`, and one `:verb` at the end
    ");
}

#[test]
fn a_variable_without_a_parameter() {
    assert_snapshot!(method(|method| {
        method["path"] = json!("v1alpha/{+name}/apps/{app}/reports/{report}");
    }), @r#"
    error: /methods/get/path: the path variable `app` has no parameter
      help: add it to `parameters`, with `"location": "path"`

    error: /methods/get/path: the path variable `report` has no parameter
      help: add it to `parameters`, with `"location": "path"`
    "#);
}

#[test]
fn a_parameter_without_a_variable() {
    assert_snapshot!(method(|method| method["path"] = json!("v1alpha/apps")), @r#"
    error: /methods/get/parameters/name: the path has no variable for the parameter `name`
      help: add the variable to the path, or set `"location": "query"`
    "#);
}

#[test]
fn a_variable_that_is_in_the_query() {
    let change = |method: &mut Value| method["parameters"]["name"]["location"] = json!("query");
    assert_snapshot!(method(change), @r#"
    error: /methods/get/parameters/name: the parameter `name` is a variable of the path
      help: set `"location": "path"`
    "#);
}

#[test]
fn a_repeated_path_parameter() {
    let change = |method: &mut Value| method["parameters"]["name"]["repeated"] = json!(true);
    assert_snapshot!(method(change), @"
    error: /methods/get/parameters/name: the path parameter `name` is repeated
      help: a path has one value for each variable; remove `repeated`
    ");
}

#[test]
fn locations() {
    assert_snapshot!(method(|method| {
        remove(&mut method["parameters"]["name"], "location");
        method["parameters"]["token"] = json!({ "type": "string", "location": "header" });
    }), @"
    error: /methods/get/parameters/name: `location` is missing
      help: every parameter has it

    error: /methods/get/parameters/token/location: `header` is not a known value
      help: the known values are `path`, `query`
    ");
}

#[test]
fn order() {
    assert_snapshot!(method(|method| method["parameterOrder"] = json!(["name", "nome"])), @"
    error: /methods/get/parameterOrder/1: `parameterOrder` has `nome`, which is not a parameter
      help: add it to `parameters`, or remove it here
    ");
}

#[test]
fn a_broken_parameter_is_one_problem() {
    assert_snapshot!(method(|method| method["parameters"]["name"] = json!("string")), @"
    error: /methods/get/parameters/name: expected an object, found a string
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

fn upload(upload: Value) -> String {
    method(|method| method["mediaUpload"] = upload)
}

#[test]
fn media() {
    let read = parse(|document| {
        document["methods"]["get"]["mediaUpload"] = json!({
            "accept": ["*/*"],
            "maxSize": "1GB",
            "protocols": {
                "simple": { "path": "/upload/v1alpha/{+name}", "multipart": true },
                "resumable": { "path": "/resumable/upload/v1alpha/{+name}" },
            },
        });
    });
    let protocol = |path: &str, multipart| {
        Some(UploadProtocol {
            path: Template::parse(path).expect("a template"),
            multipart,
        })
    };
    let expected = MediaUpload {
        accept: vec!["*/*".into()],
        max_size: Some(1_073_741_824),
        simple: protocol("upload/v1alpha/{+name}", true),
        resumable: protocol("resumable/upload/v1alpha/{+name}", false),
    };
    assert_eq!(read.document.methods["get"].media_upload, Some(expected));
}

#[test]
fn sizes() {
    let size = |size: &str| {
        let upload = json!({ "maxSize": size, "protocols": {} });
        let read = parse(|document| document["methods"]["get"]["mediaUpload"] = upload);
        read.document.methods["get"]
            .media_upload
            .as_ref()
            .and_then(|upload| upload.max_size)
    };
    assert_eq!(size("0"), Some(0));
    assert_eq!(size("10737418240"), Some(10_737_418_240));
    assert_eq!(size("3KB"), Some(3072));
    assert_eq!(size("5MB"), Some(5 << 20));
    assert_eq!(size("3TB"), Some(3 << 40));
    assert_snapshot!(upload(json!({ "maxSize": "1PB", "protocols": {} })), @"
    error: /methods/get/mediaUpload/maxSize: `1PB` is not a size
      help: write a number of bytes, or a number and `KB`, `MB`, `GB`, or `TB`
    ");
    for text in [
        "",
        "GB",
        "-1",
        "+1",
        "1.5GB",
        "1 GB",
        "1gb",
        "16777216TB",
        "18446744073709551616",
    ] {
        let upload = upload(json!({ "maxSize": text, "protocols": {} }));
        assert!(upload.contains("is not a size"), "{text}");
    }
}

#[test]
fn upload_paths() {
    assert_snapshot!(upload(json!({})), @"
    error: /methods/get/mediaUpload: `protocols` is missing
      help: every media upload has it
    ");
    assert_snapshot!(upload(json!({ "protocols": {
        "simple": { "path": "upload/v1alpha/{+name}" },
        "resumable": { "path": "/upload/v1alpha?name={name}" },
    }})), @"
    error: /methods/get/mediaUpload/protocols/simple/path: the upload path `upload/v1alpha/{+name}` is not absolute
      help: begin it with a slash: `/upload/…`

    error: /methods/get/mediaUpload/protocols/resumable/path: the path template `upload/v1alpha?name={name}` is malformed: character 15: `?` would end the path
      help: a path is literal text, `{variable}`, `{+variable}`, and one `:verb` at the end
    ");
    assert_snapshot!(upload(json!({ "protocols": {
        "simple": {},
        "resumable": { "path": "/upload/{x}" },
    }})), @r#"
    error: /methods/get/mediaUpload/protocols/simple: `path` is missing
      help: every upload protocol has it

    error: /methods/get/mediaUpload/protocols/resumable/path: the path variable `x` has no parameter
      help: add it to `parameters`, with `"location": "path"`
    "#);
}

#[test]
fn operations() {
    let read = parse(|document| {
        document["methods"]["get"]["operationInfo"] =
            json!({ "responseType": { "$ref": "Report" } });
    });
    let info = read.document.methods["get"]
        .operation_info
        .as_ref()
        .expect("operation info");
    let response = info.response_type.as_ref().expect("a response type");
    assert_eq!(response.reference(), Some("Report"));
    assert_eq!(info.metadata_type, None);
}

#[test]
fn all_members_of_a_method() {
    let read = parse(|document| {
        document["methods"]["get"] = json!({
            "id": "checks.get",
            "httpMethod": "POST",
            "path": "v1alpha/{+name}:verb",
            "flatPath": "v1alpha/accounts/{accountsId}:verb",
            "description": "Does it.",
            "parameters": {
                "name": {
                    "type": "string", "location": "path", "required": true,
                    "pattern": "^accounts/[^/]+$", "description": "Required. The name.",
                },
                "filter": {
                    "type": "integer", "format": "int32", "location": "query", "repeated": true,
                    "minimum": "1", "maximum": "10", "default": "5", "deprecated": true,
                },
            },
            "parameterOrder": ["name"],
            "request": { "$ref": "Report", "parameterName": "resource" },
            "response": { "$ref": "Report" },
            "deprecated": true,
            "apiVersion": "2026-11-01",
            "supportsMediaUpload": true,
            "supportsMediaDownload": true,
            "useMediaDownloadService": true,
            "supportsSubscription": true,
            "etagRequired": true,
        });
    });
    assert!(read.warnings.is_empty(), "{}", read.warnings);
    insta::assert_debug_snapshot!(read.document.methods["get"]);
}
