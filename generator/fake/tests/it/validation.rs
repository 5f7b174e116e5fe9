//! Requests that the document does not allow.

use serde_json::{Value, json};

use crate::support::{ARCHIVE, FLEET, LIBRARY, fake, get, post, send};

#[track_caller]
fn refused(text: &str, line: &str, body: Value, expected: &str) {
    let fake = fake(text);
    let reply = match body {
        Value::Null => get(&fake, line),
        body => post(&fake, line, body),
    };
    assert_eq!(reply.error(), (400, "INVALID_ARGUMENT", expected), "{line}");
    let details = &reply.json["error"]["details"][0];
    assert_eq!(
        details["@type"],
        "type.googleapis.com/google.rpc.BadRequest"
    );
    assert_eq!(details["fieldViolations"][0]["description"], expected);
    assert_eq!(fake.state(), json!({}));
}

#[test]
fn unknown_names_are_refused() {
    refused(
        LIBRARY,
        "GET v1/shelves?colour=red",
        Value::Null,
        "Invalid JSON payload received. Unknown name \"colour\": Cannot bind query parameter. \
         Field 'colour' could not be found in request message.",
    );
    refused(
        LIBRARY,
        "POST v1/shelves",
        json!({"theme": "A", "location": {"colour": 1}}),
        "Invalid JSON payload received. Unknown name \"colour\" at 'location': Cannot find field.",
    );
}

#[test]
fn values_have_the_type_of_the_document() {
    let shelf = |name: &str, value: Value| json!({"theme": "A", name: value});
    let cases = [
        (
            shelf("rows", json!("x")),
            "Invalid value at 'rows' (TYPE_INT32), \"x\"",
        ),
        (
            shelf("rows", json!(2_147_483_648_u32)),
            "Invalid value at 'rows' (TYPE_INT32), 2147483648",
        ),
        (
            shelf("capacity", json!("1.5")),
            "Invalid value at 'capacity' (TYPE_INT64), \"1.5\"",
        ),
        (
            shelf("kind", json!("SHUT")),
            "Invalid value at 'kind' (one of KIND_UNSPECIFIED, OPEN, CLOSED), \"SHUT\"",
        ),
        (
            shelf("tags", json!("a")),
            "Invalid value at 'tags' (a list), \"a\"",
        ),
        (
            shelf("tags", json!([1])),
            "Invalid value at 'tags[0]' (TYPE_STRING), 1",
        ),
        (
            shelf("labels", json!({"a": 1})),
            "Invalid value at 'labels.a' (TYPE_STRING), 1",
        ),
        (
            shelf("location", json!([])),
            "Invalid value at 'location' (an object), []",
        ),
        (json!({}), "The field 'theme' is required."),
        (json!([]), "Invalid value at '' (an object), []"),
    ];
    for (body, expected) in cases {
        refused(LIBRARY, "POST v1/shelves", body, expected);
    }
}

#[test]
fn forms_that_protobuf_reads_are_accepted() {
    let body =
        json!({"theme": "A", "rows": "3", "capacity": 7, "kind": 1, "location": {"floor": 1.0}});
    let created = post(&fake(LIBRARY), "POST v1/shelves", body).ok();
    assert_eq!(created["rows"], "3");
    let snake = json!({"theme": "A", "create_time": "2020-01-01T00:00:00Z"});
    let created = post(&fake(LIBRARY), "POST v1/shelves", snake).ok();
    assert_ne!(
        created["createTime"], "2020-01-01T00:00:00Z",
        "only the service sets it"
    );
}

#[test]
fn parameters_are_checked() {
    refused(
        LIBRARY,
        "GET v1/shelves?pageSize=many",
        Value::Null,
        "Invalid value at 'pageSize' (TYPE_INT32), \"many\"",
    );
    refused(
        FLEET,
        "GET fleet/v1/projects/P/zones/z/trucks",
        Value::Null,
        "Invalid value for 'project': \"P\" does not match '[a-z0-9-]+'.",
    );
    refused(
        ARCHIVE,
        "GET archive/v1/b",
        Value::Null,
        "Required parameter: project",
    );
    refused(
        LIBRARY,
        "GET v1/shelves?pageSize=1&pageSize=2",
        Value::Null,
        "Parameter 'pageSize' is not repeated, but has 2 values.",
    );
}

#[test]
fn a_body_is_where_the_document_has_one() {
    refused(
        LIBRARY,
        "GET v1/shelves",
        json!({"a": 1}),
        "The request must not have a body.",
    );
    let broken = send(&fake(LIBRARY), "POST v1/shelves", &[], "{\"theme\":");
    assert!(
        broken
            .error()
            .2
            .starts_with("Invalid JSON payload received. EOF while parsing")
    );
}

#[test]
fn all_violations_are_reported_at_once() {
    let reply = post(
        &fake(LIBRARY),
        "POST v1/shelves?a=1",
        json!({"rows": "x", "b": 1}),
    );
    let violations = &reply.json["error"]["details"][0]["fieldViolations"];
    assert_eq!(violations.as_array().unwrap().len(), 4);
}

#[test]
fn a_path_that_no_method_has_is_not_found() {
    let fake = fake(LIBRARY);
    let missing = get(&fake, "GET v2/shelves");
    assert_eq!(
        missing.error(),
        (
            404,
            "NOT_FOUND",
            "No API of the fake has the path /v2/shelves"
        )
    );
    let other = get(&fake, "DELETE v1/shelves");
    assert_eq!(
        other.error().2,
        "library:v1 has no method DELETE /v1/shelves"
    );
}
