//! What mutants have found, as tests of their own.

use serde_json::json;

use crate::invariant::{self, Outcome};

/// Two resources whose modules differ by what sets a feature of theirs apart from one of ours.
#[test]
fn features_do_not_meet() {
    for reserved in ["default", "ring"] {
        let method = json!({"id": "x.get", "httpMethod": "GET", "path": "x"});
        let resource = json!({"methods": {"get": method}});
        let mut document = document();
        for name in [reserved.to_owned(), reserved.to_uppercase()] {
            document["resources"][name] = resource.clone();
        }
        let outcome = invariant::check(&document.to_string(), None);
        assert_eq!(outcome, Ok(Outcome::Generated), "{reserved}");
    }
}

fn document() -> serde_json::Value {
    json!({
        "kind": "discovery#restDescription",
        "protocol": "rest",
        "discoveryVersion": "v1",
        "id": "tiny:v1",
        "name": "tiny",
        "version": "v1",
        "revision": "20260101",
        "title": "Tiny API",
        "rootUrl": "https://tiny.googleapis.com/",
        "servicePath": "",
        "baseUrl": "https://tiny.googleapis.com/",
        "basePath": "",
        "resources": {}
    })
}
