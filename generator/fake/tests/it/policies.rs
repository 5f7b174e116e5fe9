//! IAM policies.

use serde_json::json;

use crate::support::{LIBRARY, fake, get, post, with_shelves};

#[test]
fn a_policy_is_read_changed_and_written_back() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    assert_eq!(get(&fake, "GET v1/shelves/b:getIamPolicy").status, 404);
    let empty = get(&fake, "GET v1/shelves/a:getIamPolicy").ok();
    assert_eq!(empty, json!({"version": 1, "etag": "ACAB"}));
    let bindings = json!([{"role": "roles/viewer", "members": ["user:a@example.com"]}]);
    let set = "POST v1/shelves/a:setIamPolicy";
    let first = post(&fake, set, json!({"policy": {"bindings": bindings}})).ok();
    assert_eq!(get(&fake, "GET v1/shelves/a:getIamPolicy").ok(), first);
    post(&fake, set, json!({ "policy": first })).ok();
    let stale = post(&fake, set, json!({ "policy": first }));
    assert_eq!((stale.status, stale.error().1), (409, "ABORTED"));
}

#[test]
fn every_permission_is_granted() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    let tested = json!({"permissions": ["library.shelves.get"]});
    assert_eq!(
        post(
            &fake,
            "POST v1/shelves/a:testIamPermissions",
            tested.clone()
        )
        .ok(),
        tested
    );
}

#[test]
fn a_policy_goes_with_its_resource() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    post(
        &fake,
        "POST v1/shelves/a:setIamPolicy",
        json!({"policy": {"version": 3}}),
    )
    .ok();
    get(&fake, "DELETE v1/shelves/a").ok();
    assert_eq!(fake.state(), json!({}));
}
