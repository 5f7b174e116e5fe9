//! APIs in the manner of Compute Engine: explicit path variables, operations with a status, scopes.

use serde_json::json;

use crate::support::{FLEET, fake, get, post};

const ZONE: &str = "fleet/v1/projects/p/zones/z1";

#[test]
fn a_resource_is_made_by_an_operation_with_a_status() {
    let fake = fake(FLEET);
    let body = json!({"name": "t1", "wheels": 6, "labels": {"a": "1"}});
    let operation = post(&fake, &format!("POST {ZONE}/trucks"), body).ok();
    let expected = json!({"status": "RUNNING", "operationType": "insert", "kind": "fleet#operation", "progress": 0});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(operation[name], *value, "{name}");
    }
    let root = "http://127.0.0.1/fleet/v1/projects/p/zones/z1";
    assert_eq!(operation["targetLink"], format!("{root}/trucks/t1"));
    assert_eq!(operation["zone"], root);
    let name = operation["name"].as_str().unwrap();
    assert_eq!(operation["selfLink"], format!("{root}/operations/{name}"));

    assert_eq!(
        get(&fake, &format!("GET {ZONE}/operations/{name}")).ok()["status"],
        "RUNNING"
    );
    let done = get(&fake, &format!("POST {ZONE}/operations/{name}/wait")).ok();
    assert_eq!(
        (&done["status"], &done["progress"]),
        (&json!("DONE"), &json!(100))
    );
    let truck = get(&fake, &format!("GET {ZONE}/trucks/t1")).ok();
    assert_eq!(truck["kind"], "fleet#truck");
    assert_eq!(truck["status"], "RUNNING");
    assert!(truck["id"].as_str().unwrap().parse::<u64>().is_ok());
    assert_eq!(truck["selfLink"], format!("{root}/trucks/t1"));
}

#[test]
fn a_patch_merges() {
    let fake = fake(FLEET);
    let key = "fleet/v1/projects/p/zones/z1/trucks/t1";
    fake.put(
        "fleet:v1",
        key,
        json!({"name": "t1", "wheels": 6, "labels": {"a": "1", "b": "2"}}),
    );
    let body = json!({"labels": {"a": null, "c": "3"}, "wheels": null});
    let operation = post(&fake, &format!("PATCH {ZONE}/trucks/t1"), body).ok();
    get(
        &fake,
        &format!(
            "POST {ZONE}/operations/{}/wait",
            operation["name"].as_str().unwrap()
        ),
    )
    .ok();
    let truck = get(&fake, &format!("GET {ZONE}/trucks/t1")).ok();
    assert_eq!(
        (&truck["labels"], truck.get("wheels")),
        (&json!({"b": "2", "c": "3"}), None)
    );
}

#[test]
fn an_aggregated_list_has_the_items_of_all_scopes() {
    let fake = fake(FLEET);
    for (zone, truck) in [("z1", "t1"), ("z2", "t2"), ("z2", "t3")] {
        let path = format!("fleet/v1/projects/p/zones/{zone}/trucks/{truck}");
        fake.put("fleet:v1", &path, json!({ "name": truck }));
    }
    fake.put(
        "fleet:v1",
        "fleet/v1/projects/other/zones/z1/trucks/t9",
        json!({"name": "t9"}),
    );
    let line = "GET fleet/v1/projects/p/aggregated/trucks";
    let list = get(&fake, line).ok();
    let expected = json!({
        "zones/z1": {"trucks": [{"name": "t1"}]},
        "zones/z2": {"trucks": [{"name": "t2"}, {"name": "t3"}]},
    });
    assert_eq!(list["items"], expected);
    let page = get(&fake, &format!("{line}?maxResults=2")).ok();
    let token = page["nextPageToken"].as_str().unwrap();
    let rest = get(&fake, &format!("{line}?maxResults=2&pageToken={token}")).ok();
    assert_eq!(
        rest["items"],
        json!({"zones/z2": {"trucks": [{"name": "t3"}]}})
    );
}

#[test]
fn a_field_that_the_method_requires_has_to_be_there() {
    let fake = fake(FLEET);
    let refused = post(&fake, &format!("POST {ZONE}/trucks"), json!({"wheels": 6}));
    assert_eq!(
        refused.error(),
        (400, "INVALID_ARGUMENT", "The field 'name' is required.")
    );
}
