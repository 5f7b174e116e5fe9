//! Long-running operations.

use discovery_fake::{Fake, Settings};
use serde_json::{Value, json};

use crate::support::{LIBRARY, fake, get, post, send};

/// Starts to create a book, and returns the operation.
fn begun(fake: &Fake) -> Value {
    let body = json!({"book": {"title": "T"}, "bookId": "b"});
    post(fake, "POST v1/shelves/a/books", body).ok()
}

fn path(operation: &Value) -> String {
    format!("v1/{}", operation["name"].as_str().unwrap())
}

#[test]
fn an_operation_runs_for_some_polls_and_then_has_its_result() {
    let settings = Settings {
        operation_polls: 2,
        ..Settings::default()
    };
    let fake = fake(LIBRARY).with_settings(settings);
    let operation = begun(&fake);
    assert_eq!(operation["done"], false);
    assert!(operation["metadata"]["@type"].is_string());
    let line = format!("GET {}", path(&operation));
    for _ in 0..2 {
        assert_eq!(get(&fake, &line).ok()["done"], false);
        assert_eq!(get(&fake, "GET v1/shelves/a/books/b").status, 404);
    }
    let done = get(&fake, &line).ok();
    assert_eq!(done["done"], true);
    assert_eq!(
        done["response"]["@type"],
        "type.googleapis.com/google.library.v1.Book"
    );
    assert_eq!(done["response"]["name"], "shelves/a/books/b");
    assert_eq!(get(&fake, "GET v1/shelves/a/books/b").ok()["title"], "T");
    let list = get(&fake, "GET v1/operations").ok();
    assert_eq!(list["operations"], json!([done]));
}

#[test]
fn a_call_can_have_its_operation_at_once() {
    let fake = fake(LIBRARY);
    let polls = [("x-fake-operation-polls", "0")];
    let body = json!({"book": {}, "bookId": "b"}).to_string();
    let operation = send(&fake, "POST v1/shelves/a/books", &polls, body).ok();
    assert_eq!(operation["done"], true);
    assert_eq!(get(&fake, "GET v1/shelves/a/books/b").status, 200);
}

#[test]
fn a_cancelled_operation_has_no_effect() {
    let fake = fake(LIBRARY);
    let operation = begun(&fake);
    assert_eq!(
        post(
            &fake,
            &format!("POST {}:cancel", path(&operation)),
            json!({})
        )
        .ok(),
        json!({})
    );
    let ended = get(&fake, &format!("GET {}", path(&operation))).ok();
    assert_eq!(
        (&ended["done"], &ended["error"]["code"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(get(&fake, "GET v1/shelves/a/books/b").status, 404);
}

#[test]
fn cancelling_comes_too_late_for_an_operation_that_is_done() {
    let fake = fake(LIBRARY);
    let operation = begun(&fake);
    let waited = post(
        &fake,
        &format!("POST {}:wait", path(&operation)),
        json!({"timeout": "1s"}),
    )
    .ok();
    assert_eq!(waited["done"], true);
    post(
        &fake,
        &format!("POST {}:cancel", path(&operation)),
        json!({}),
    )
    .ok();
    assert_eq!(
        get(&fake, &format!("GET {}", path(&operation))).ok(),
        waited
    );
    get(&fake, &format!("DELETE {}", path(&operation))).ok();
    assert_eq!(get(&fake, &format!("GET {}", path(&operation))).status, 404);
}

#[test]
fn a_custom_method_starts_an_operation_too() {
    let fake = fake(LIBRARY);
    let operation = post(
        &fake,
        "POST v1/shelves/a:merge",
        json!({"other": "shelves/b"}),
    )
    .ok();
    let done = post(&fake, &format!("POST {}:wait", path(&operation)), json!({})).ok();
    assert_eq!(
        done["response"],
        json!({"@type": "type.googleapis.com/google.protobuf.Empty"})
    );
}
