//! The calls on the first page of a client: those that a user of the API makes first.

use discovery::Document;
use generator::Options;
use serde_json::{Value, json};

/// Returns the first page of an API with these resources, each with its methods.
fn page(resources: Value) -> String {
    let document = json!({
        "kind": "discovery#restDescription", "protocol": "rest",
        "id": "sheets:v4", "name": "sheets", "version": "v4", "canonicalName": "BigSheets",
        "rootUrl": "https://sheets.googleapis.com/", "servicePath": "",
        "resources": resources,
        "schemas": {"Sheet": {"id": "Sheet", "type": "object", "properties": {"title": {"type": "string"}}}},
    });
    let parsed = match Document::parse(&document.to_string(), None) {
        Ok(parsed) => parsed,
        Err(problems) => panic!("{problems}"),
    };
    match generator::generate(&parsed.document, &Options::default()) {
        Ok(mut package) => package.files.remove("src/lib.rs").expect("a root"),
        Err(problems) => panic!("{problems}"),
    }
}

/// Returns a method that returns a sheet; its parameters are those of its path.
fn method(id: &str, verb: &str, path: &str) -> Value {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    let parameter = json!({"type": "string", "location": "path", "required": true});
    let parameters: serde_json::Map<_, _> = names
        .map(|name| (name.trim_start_matches('+').to_owned(), parameter.clone()))
        .collect();
    let order: Vec<_> = parameters.keys().cloned().collect();
    json!({
        "id": format!("sheets.{id}"), "httpMethod": verb, "path": path,
        "parameters": parameters, "parameterOrder": order, "response": {"$ref": "Sheet"},
    })
}

/// Returns the method with other members.
fn with(mut method: Value, members: Value) -> Value {
    if let (Value::Object(method), Value::Object(members)) = (&mut method, members) {
        method.extend(members);
    }
    method
}

fn uploading(method: Value, max_size: &str) -> Value {
    let simple =
        json!({"multipart": true, "path": format!("/upload/{}", method["path"].as_str().unwrap())});
    let media = json!({"accept": ["*/*"], "maxSize": max_size, "protocols": {"simple": simple}});
    with(
        method,
        json!({"supportsMediaUpload": true, "mediaUpload": media}),
    )
}

#[track_caller]
fn assert_shows(page: &str, call: &str) {
    let example = page.split("# Credentials").next().unwrap();
    assert!(example.contains(call), "{example}");
}

#[test]
fn the_quickstart_reads_the_main_resource() {
    let sheets = json!({
        "batchUpdate": method("sheets.batchUpdate", "POST", "sheets:batch"),
        "delete": method("sheets.delete", "DELETE", "sheets/{id}"),
        "get": method("sheets.get", "GET", "sheets/{id}"),
    });
    let labels = json!({"get": method("labels.get", "GET", "labels/{id}")});
    let operations = json!({
        "get": method("operations.get", "GET", "operations/{id}"),
        "list": method("operations.list", "GET", "operations"),
        "cancel": method("operations.cancel", "POST", "operations/{id}:cancel"),
        "delete": method("operations.delete", "DELETE", "operations/{id}"),
    });
    let page = page(json!({
        "labels": {"methods": labels}, "operations": {"methods": operations}, "sheets": {"methods": sheets},
    }));
    // One word of the document is one word of the variable.
    assert_shows(&page, "let bigsheets = BigSheets::builder()");
    assert_shows(&page, "bigsheets.sheets().get(\"id\").send()");
}

#[test]
fn the_quickstart_skips_deprecated_methods() {
    let old = json!({
        "list": method("old.list", "GET", "old"),
        "get": method("old.get", "GET", "old/{id}"),
    });
    let new = json!({"get": method("new.get", "GET", "new/{id}")});
    let page = page(json!({"old": {"methods": old, "deprecated": true}, "new": {"methods": new}}));
    assert_shows(&page, "bigsheets.new().get(\"id\")");
}

#[test]
fn a_method_that_computes_comes_before_one_that_changes() {
    let sheets = json!({
        "annotate": method("sheets.annotate", "POST", "sheets:annotate"),
        "create": method("sheets.create", "POST", "sheets"),
    });
    let page = page(json!({"sheets": {"methods": sheets}}));
    assert_shows(&page, "bigsheets.sheets().annotate().send()");
}

#[test]
fn arguments_are_what_the_documentation_says() {
    let parameters = |description: &str, pattern: Option<&str>| {
        let mut id = json!({
            "type": "string", "location": "path", "required": true, "description": description,
        });
        if let Some(pattern) = pattern {
            id["pattern"] = json!(pattern);
        }
        json!({"parameters": {
            "id": id,
            "pageSize": {"type": "integer", "format": "int32", "location": "query", "required": true},
        }})
    };
    for (description, pattern, shown) in [
        (
            "The special value `me` is the user who calls.",
            None,
            "list(\"me\", 100)",
        ),
        (
            "The keyword \"primary\" is the user's own.",
            None,
            "list(\"primary\", 100)",
        ),
        (
            "The special value `me`.",
            Some("^users/[^/]+$"),
            "list(\"users/me\", 100)",
        ),
        (
            "`users/me` is the user who calls.",
            Some("^users/[^/]+$"),
            "list(\"users/me\", 100)",
        ),
        (
            "The name, as in `mean`.",
            Some("^users/[^/]+$"),
            "list(\"users/USER\", 100)",
        ),
    ] {
        let list = method("sheets.list", "GET", "sheets/{+id}");
        let list = with(list, parameters(description, pattern));
        assert_shows(&page(json!({"sheets": {"methods": {"list": list}}})), shown);
    }
}

#[test]
fn the_upload_creates_something_of_the_main_resource() {
    let banners = json!({"insert": uploading(method("banners.insert", "POST", "banners"), "6MB")});
    let sheets = json!({
        "copy": uploading(method("sheets.copy", "POST", "sheets:copy"), "1GB"),
        "insert": uploading(method("sheets.insert", "POST", "sheets"), "1GB"),
        "list": method("sheets.list", "GET", "sheets"),
    });
    let page = page(json!({"banners": {"methods": banners}, "sheets": {"methods": sheets}}));
    let (_, uploads) = page.split_once("//! # Uploads\n").expect("a section");
    assert!(
        uploads.contains("let request = bigsheets.sheets().insert();"),
        "{uploads}"
    );
    assert!(!page.contains("# Downloads"));
}

#[test]
fn of_two_resources_the_upload_takes_the_larger_media() {
    let of = |name: &str, size| {
        let method = method(&format!("{name}.insert"), "POST", name);
        json!({"methods": {"insert": uploading(method, size)}})
    };
    let page = page(json!({"banners": of("banners", "6MB"), "videos": of("videos", "256GB")}));
    assert!(
        page.contains("let request = bigsheets.videos().insert();"),
        "{page}"
    );
}
