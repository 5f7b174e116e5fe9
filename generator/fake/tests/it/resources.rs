//! Creating, reading, changing and deleting resources.

use serde_json::json;

use crate::support::{LIBRARY, fake, get, post, send, with_shelves};

#[test]
fn a_resource_has_the_whole_life() {
    let fake = fake(LIBRARY);
    let created = post(
        &fake,
        "POST v1/shelves?shelfId=poems",
        json!({"theme": "Poems"}),
    )
    .ok();
    assert_eq!(created["name"], "shelves/poems");
    assert_eq!(created["state"], "ACTIVE");
    assert_eq!(created["createTime"], created["updateTime"]);
    assert_eq!(get(&fake, "GET v1/shelves/poems").ok(), created);

    let line = "PATCH v1/shelves/poems?updateMask=theme";
    let patched = post(&fake, line, json!({"theme": "Odes", "rows": 3})).ok();
    assert_eq!(patched["theme"], "Odes");
    assert_eq!(patched.get("rows"), None);
    assert_ne!(patched["etag"], created["etag"]);
    assert_eq!(patched["createTime"], created["createTime"]);
    assert_ne!(patched["updateTime"], created["updateTime"]);

    assert_eq!(get(&fake, "DELETE v1/shelves/poems").ok(), json!({}));
    let missing = get(&fake, "GET v1/shelves/poems");
    assert_eq!(
        missing.error(),
        (404, "NOT_FOUND", "Resource 'shelves/poems' was not found")
    );
}

#[test]
fn an_id_is_not_given_twice() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    let again = post(&fake, "POST v1/shelves?shelfId=a", json!({"theme": "B"}));
    assert_eq!(again.error().1, "ALREADY_EXISTS");
    assert_eq!(again.status, 409);
    let one = post(&fake, "POST v1/shelves", json!({"theme": "B"})).ok();
    let other = post(&fake, "POST v1/shelves", json!({"theme": "B"})).ok();
    assert_ne!(one["name"], other["name"]);
}

#[test]
fn a_mask_selects_nested_fields_and_clears_absent_ones() {
    let fake = fake(LIBRARY);
    let shelf = json!({"theme": "A", "location": {"room": "1", "floor": 2}, "labels": {"a": "1"}, "rows": 5});
    post(&fake, "POST v1/shelves?shelfId=a", shelf).ok();
    let line = "PATCH v1/shelves/a?updateMask=location.room,rows,labels";
    let patched = post(
        &fake,
        line,
        json!({"location": {"room": "9"}, "labels": {"b": "2"}}),
    )
    .ok();
    assert_eq!(patched["location"], json!({"room": "9", "floor": 2}));
    assert_eq!(patched["labels"], json!({"b": "2"}));
    assert_eq!(patched.get("rows"), None);
    assert_eq!(patched["theme"], "A");

    let unknown = post(&fake, "PATCH v1/shelves/a?updateMask=colour", json!({}));
    assert_eq!(unknown.status, 400);
    assert!(unknown.error().2.contains("'colour'"));
    let snake = post(
        &fake,
        "PATCH v1/shelves/a?updateMask=update_time,theme",
        json!({"theme": "B"}),
    )
    .ok();
    assert_eq!(snake["theme"], "B");
}

#[test]
fn without_a_mask_the_sent_fields_change() {
    let fake = fake(LIBRARY);
    post(
        &fake,
        "POST v1/shelves?shelfId=a",
        json!({"theme": "A", "rows": 5}),
    )
    .ok();
    let patched = post(
        &fake,
        "PATCH v1/shelves/a",
        json!({"rows": null, "kind": "OPEN"}),
    )
    .ok();
    assert_eq!(
        (&patched["theme"], patched.get("rows")),
        (&json!("A"), None)
    );
    assert_eq!(patched["kind"], "OPEN");
    let replaced = post(
        &fake,
        "PATCH v1/shelves/a?updateMask=*",
        json!({"theme": "C"}),
    )
    .ok();
    assert_eq!(
        (&replaced["theme"], replaced.get("kind")),
        (&json!("C"), None)
    );
    assert_eq!(replaced["uid"], patched["uid"]);
}

#[test]
fn a_change_may_add_a_resource_if_the_call_allows_it() {
    let fake = fake(LIBRARY);
    let body = json!({"theme": "A"});
    assert_eq!(post(&fake, "PATCH v1/shelves/a", body.clone()).status, 404);
    let added = post(&fake, "PATCH v1/shelves/a?allowMissing=true", body).ok();
    assert_eq!(added["name"], "shelves/a");
}

#[test]
fn entity_tags_protect_changes() {
    let fake = fake(LIBRARY);
    let old = post(&fake, "POST v1/shelves?shelfId=a", json!({"theme": "A"})).ok();
    let etag = old["etag"].as_str().unwrap();
    let body = json!({"theme": "B", "etag": etag});
    post(&fake, "PATCH v1/shelves/a", body.clone()).ok();
    let stale = post(&fake, "PATCH v1/shelves/a", body);
    assert_eq!((stale.status, stale.error().1), (409, "ABORTED"));
    let stale = send(&fake, "DELETE v1/shelves/a", &[("if-match", "\"x\"")], "");
    assert_eq!(stale.status, 412);
    let read = get(&fake, "GET v1/shelves/a");
    let known = [("if-none-match", read.header("etag"))];
    assert_eq!(send(&fake, "GET v1/shelves/a", &known, "").status, 304);
    assert_eq!(
        send(&fake, "DELETE v1/shelves/a", &[("if-match", "*")], "").status,
        200
    );
}

#[test]
fn a_resource_with_others_beneath_it_is_deleted_by_force() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    fake.put(
        "library:v1",
        "v1/shelves/a/books/1",
        json!({"name": "shelves/a/books/1"}),
    );
    assert_eq!(
        get(&fake, "DELETE v1/shelves/a").error().1,
        "FAILED_PRECONDITION"
    );
    assert_eq!(get(&fake, "DELETE v1/shelves/a?force=true").status, 200);
    assert_eq!(get(&fake, "GET v1/shelves/a/books/1").status, 404);
}

#[test]
fn a_deleted_resource_can_be_restored_where_the_api_can() {
    let fake = fake(LIBRARY);
    fake.put(
        "library:v1",
        "v1/shelves/a/books/1",
        json!({"name": "shelves/a/books/1", "title": "T"}),
    );
    let undelete = "POST v1/shelves/a/books/1:undelete";
    assert_eq!(get(&fake, undelete).error().1, "ALREADY_EXISTS");
    let deleted = get(&fake, "DELETE v1/shelves/a/books/1").ok();
    assert!(deleted["deleteTime"].is_string());
    assert_eq!(
        get(&fake, "GET v1/shelves/a/books").ok(),
        json!({"books": []})
    );
    let shown = get(&fake, "GET v1/shelves/a/books?showDeleted=true").ok();
    assert_eq!(shown["books"][0]["title"], "T");
    let restored = get(&fake, undelete).ok();
    assert_eq!(restored.get("deleteTime"), None);
    assert_eq!(
        get(&fake, "GET v1/shelves/a/books").ok()["books"][0]["title"],
        "T"
    );
}

#[test]
fn a_put_replaces_all_that_callers_set() {
    let fake = fake(LIBRARY);
    let book = json!({"name": "shelves/a/books/1", "title": "T", "read": "1s", "createTime": "2025-01-01T00:00:00Z"});
    fake.put("library:v1", "v1/shelves/a/books/1", book);
    let replaced = post(&fake, "PUT v1/shelves/a/books/1", json!({"isbn": "AA=="})).ok();
    let expected =
        json!({"name": "shelves/a/books/1", "isbn": "AA==", "createTime": "2025-01-01T00:00:00Z"});
    assert_eq!(replaced, expected);
    assert_eq!(
        post(&fake, "PUT v1/shelves/a/books/2", json!({})).status,
        404
    );
}

#[test]
fn a_single_resource_is_there_without_being_created() {
    let fake = fake(LIBRARY);
    let sample = get(&fake, "GET v1/shelves/a/settings");
    assert_eq!(sample.header("x-fake-sample"), "true");
    post(
        &fake,
        "PATCH v1/shelves/a/settings?updateMask=isPublic",
        json!({"isPublic": false}),
    )
    .ok();
    let stored = get(&fake, "GET v1/shelves/a/settings");
    assert_eq!(stored.header("x-fake-sample"), "");
    assert_eq!(stored.ok().get("isPublic"), Some(&json!(false)));
}

#[test]
fn a_custom_method_that_returns_the_resource_returns_the_stored_one() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    assert_eq!(get(&fake, "POST v1/shelves/a:sort").ok()["theme"], "A");
    assert_eq!(get(&fake, "POST v1/shelves/b:sort").status, 404);
    let counted = get(&fake, "POST v1/shelves/a:count");
    assert_eq!(counted.header("x-fake-sample"), "true");
    assert_eq!(counted.ok(), json!({"count": "1", "parts": ["parts"]}));
}

#[test]
fn a_validated_call_changes_nothing() {
    let fake = fake(LIBRARY);
    let line = "POST v1/shelves?shelfId=a&validateOnly=true";
    assert_eq!(
        post(&fake, line, json!({"theme": "A"})).ok()["name"],
        "shelves/a"
    );
    assert_eq!(get(&fake, "GET v1/shelves/a").status, 404);
}

#[test]
fn a_repeated_request_id_returns_the_first_response() {
    let fake = fake(LIBRARY);
    let line = "POST v1/shelves?requestId=5d0c6d3e-2a2c-4a5b-8c1e-6f6f6f6f6f6f";
    let one = post(&fake, line, json!({"theme": "A"})).ok();
    assert_eq!(post(&fake, line, json!({"theme": "A"})).ok(), one);
    assert_eq!(
        get(&fake, "GET v1/shelves").ok()["shelves"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn the_same_seed_gives_the_same_state() {
    let run = |seed| {
        let fake = fake(LIBRARY).with_seed(seed);
        post(&fake, "POST v1/shelves", json!({"theme": "A"})).ok()
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7)["name"], run(8)["name"]);
}

#[test]
fn resources_that_nothing_can_add_are_samples_until_a_test_adds_some() {
    let fake = fake(LIBRARY);
    let page = get(&fake, "GET v1/authors");
    assert_eq!(page.header("x-fake-sample"), "true");
    assert_eq!(page.ok()["authors"][0]["name"], "authors/sample");
    assert_eq!(get(&fake, "GET v1/authors/7").ok()["name"], "authors/7");
    fake.put("library:v1", "v1/authors/1", json!({"name": "authors/1"}));
    assert_eq!(
        get(&fake, "GET v1/authors").ok(),
        json!({"authors": [{"name": "authors/1"}]})
    );
    assert_eq!(get(&fake, "GET v1/authors/7").status, 404);
}
