//! Names and ids.

use serde_json::json;

use crate::support::{ARCHIVE, LIBRARY, fake, get, post};

#[test]
fn an_id_can_be_any_text_that_is_encoded() {
    let fake = fake(ARCHIVE);
    post(&fake, "POST archive/v1/b?project=p", json!({"name": "b"})).ok();
    post(&fake, "POST archive/v1/b/b/o", json!({"name": "a/b %c"})).ok();
    let object = get(&fake, "GET archive/v1/b/b/o/a%2Fb%20%25c").ok();
    assert_eq!(object["name"], "a/b %c");
    assert_eq!(
        get(&fake, "GET archive/v1/b/b/o").ok()["items"],
        json!([object])
    );
    assert_eq!(
        get(&fake, "DELETE archive/v1/b/b/o/a%2Fb%20%25c").status,
        204
    );
    assert_eq!(get(&fake, "GET archive/v1/b/b/o").ok()["items"], json!([]));
}

#[test]
fn a_name_in_the_body_does_not_choose_the_parent() {
    let fake = fake(LIBRARY);
    let body = json!({"theme": "A", "name": "shelves/mine"});
    assert_eq!(
        post(&fake, "POST v1/shelves", body).ok()["name"],
        "shelves/mine"
    );
    let body = json!({"name": "shelves/other", "theme": "B"});
    assert_eq!(
        post(&fake, "PATCH v1/shelves/mine", body).ok()["name"],
        "shelves/mine"
    );
}

#[test]
fn an_id_with_a_colon_is_not_a_verb() {
    let fake = fake(LIBRARY);
    post(&fake, "POST v1/shelves?shelfId=a:b", json!({"theme": "A"})).ok();
    assert_eq!(get(&fake, "GET v1/shelves/a:b").ok()["name"], "shelves/a:b");
    assert_eq!(
        get(&fake, "GET v1/shelves/a%3Ab").ok()["name"],
        "shelves/a:b"
    );
}
