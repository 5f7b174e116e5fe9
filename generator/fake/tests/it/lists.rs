//! Pages, orders and partial responses.

use serde_json::{Value, json};

use crate::support::{LIBRARY, fake, get, send, with_shelves};

fn names(page: &Value) -> Vec<&str> {
    let shelves = page["shelves"].as_array().unwrap().iter();
    shelves
        .map(|shelf| {
            shelf["name"]
                .as_str()
                .unwrap()
                .trim_start_matches("shelves/")
        })
        .collect()
}

#[test]
fn pages_have_every_item_once() {
    let fake = fake(LIBRARY);
    with_shelves(
        &fake,
        &[("c", "3"), ("a", "1"), ("e", "5"), ("b", "2"), ("d", "4")],
    );
    let first = get(&fake, "GET v1/shelves?pageSize=2").ok();
    assert_eq!(
        (names(&first), &first["totalSize"]),
        (vec!["a", "b"], &json!(5))
    );
    let token = first["nextPageToken"].as_str().unwrap();
    let second = get(
        &fake,
        &format!("GET v1/shelves?pageSize=2&pageToken={token}"),
    )
    .ok();
    assert_eq!(names(&second), ["c", "d"]);
    let token = second["nextPageToken"].as_str().unwrap();
    let third = get(
        &fake,
        &format!("GET v1/shelves?pageSize=2&pageToken={token}"),
    )
    .ok();
    assert_eq!(
        (names(&third), third.get("nextPageToken")),
        (vec!["e"], None)
    );
}

#[test]
fn a_page_begins_behind_a_deleted_item() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "1"), ("b", "2"), ("c", "3")]);
    let first = get(&fake, "GET v1/shelves?pageSize=2").ok();
    let token = first["nextPageToken"].as_str().unwrap();
    get(&fake, "DELETE v1/shelves/b").ok();
    let second = get(&fake, &format!("GET v1/shelves?pageToken={token}")).ok();
    assert_eq!(names(&second), ["c"]);
}

#[test]
fn a_token_belongs_to_its_list() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "1"), ("b", "2")]);
    let first = get(&fake, "GET v1/shelves?pageSize=1").ok();
    let token = first["nextPageToken"].as_str().unwrap();
    for query in [
        format!("pageToken={token}&filter=theme%3D1"),
        "pageToken=x".to_owned(),
    ] {
        let refused = get(&fake, &format!("GET v1/shelves?{query}"));
        assert_eq!(refused.error().1, "INVALID_ARGUMENT");
    }
    assert_eq!(get(&fake, "GET v1/shelves?pageSize=-1").status, 400);
}

#[test]
fn a_limit_of_the_page_size_is_that_of_a_call() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "1"), ("b", "2")]);
    let limit = [("x-fake-page-size-limit", "1")];
    let page = send(&fake, "GET v1/shelves?pageSize=100", &limit, "").ok();
    assert_eq!(names(&page), ["a"]);
}

#[test]
fn lists_have_an_order() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "2"), ("b", "10"), ("c", "1")]);
    let order = |text: &str| get(&fake, &format!("GET v1/shelves?orderBy={text}"));
    assert_eq!(names(&order("theme").ok()), ["c", "a", "b"]);
    assert_eq!(names(&order("theme+desc").ok()), ["b", "a", "c"]);
    assert_eq!(names(&order("rows,theme%20desc").ok()), ["b", "a", "c"]);
    assert_eq!(order("theme+up").status, 400);
}

#[test]
fn fields_select_parts_of_a_response() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "1")]);
    let page = get(&fake, "GET v1/shelves?fields=shelves(name,theme)").ok();
    assert_eq!(
        page,
        json!({"shelves": [{"name": "shelves/a", "theme": "1"}]})
    );
    let page = get(&fake, "GET v1/shelves?fields=shelves/theme,totalSize").ok();
    assert_eq!(page, json!({"shelves": [{"theme": "1"}], "totalSize": 1}));
    let all = get(&fake, "GET v1/shelves?fields=*").ok();
    assert_eq!(all, get(&fake, "GET v1/shelves").ok());
    for fields in ["shelves(name", "shelves(colour)", "a,,b", ")"] {
        assert_eq!(
            get(&fake, &format!("GET v1/shelves?fields={fields}")).status,
            400,
            "{fields}"
        );
    }
}

#[test]
fn a_dash_stands_for_every_parent() {
    let fake = fake(LIBRARY);
    for (shelf, book) in [("a", "1"), ("b", "2")] {
        let name = format!("shelves/{shelf}/books/{book}");
        fake.put("library:v1", &format!("v1/{name}"), json!({ "name": name }));
    }
    let page = get(&fake, "GET v1/shelves/-/books").ok();
    assert_eq!(page["books"].as_array().unwrap().len(), 2);
    assert_eq!(
        get(&fake, "GET v1/shelves/-/books/2").ok()["name"],
        "shelves/b/books/2"
    );
}

#[test]
fn several_resources_are_read_at_once_or_not_at_all() {
    let fake = fake(LIBRARY);
    for book in ["1", "2"] {
        let name = format!("shelves/a/books/{book}");
        fake.put("library:v1", &format!("v1/{name}"), json!({ "name": name }));
    }
    let line = "GET v1/shelves/a/books:batchGet?names=shelves/a/books/2&names=shelves/a/books/1";
    let batch = get(&fake, line).ok();
    assert_eq!(batch["books"][0]["name"], "shelves/a/books/2");
    assert_eq!(batch["books"][1]["name"], "shelves/a/books/1");
    assert_eq!(
        get(&fake, &format!("{line}&names=shelves/a/books/3")).status,
        404
    );
}

#[test]
fn text_is_indented_unless_the_caller_says_so() {
    let fake = fake(LIBRARY);
    let text = |line: &str| String::from_utf8_lossy(get(&fake, line).reply.body()).into_owned();
    assert_eq!(
        text("GET v1/shelves?prettyPrint=false"),
        r#"{"shelves":[],"totalSize":0}"#
    );
    assert!(text("GET v1/shelves").contains("\n  \"shelves\": []"));
}
