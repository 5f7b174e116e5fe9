//! Changes that compile and that send other requests.

use insta::assert_snapshot;
use serde_json::json;
use xtask::diff::Class;

use crate::support::{all_edited, class, compare, method, remove, rename, zoo};

#[test]
fn another_request_breaks() {
    assert_snapshot!(all_edited(&[
        |zoo| method(zoo, "animals", "get")["path"] = "v2/{+name}".into(),
        |zoo| method(zoo, "animals", "get")["path"] = "v1/{name}".into(),
        |zoo| method(zoo, "animals", "get")["httpMethod"] = "DELETE".into(),
        |zoo| method(zoo, "animals", "move")["parameterOrder"] = json!(["animal", "zoo"]),
        |zoo| {
            let path = "v1/zoos/{animal}/animals/{zoo}:move";
            method(zoo, "animals", "move")["path"] = path.into();
        },
        |zoo| method(zoo, "animals", "get")["apiVersion"] = "2026-11-01".into(),
        |zoo| zoo["rootUrl"] = "https://huge.googleapis.com/".into(),
        |zoo| zoo["servicePath"] = "".into(),
        |zoo| zoo["features"] = json!(["dataWrapper"]),
    ]));
}

#[test]
fn an_id_of_requests_may_come_but_not_go() {
    let with = |description: &str| {
        let mut zoo = zoo();
        let parameter = json!({
            "type": "string", "location": "query", "description": description
        });
        method(&mut zoo, "animals", "move")["parameters"]["requestId"] = parameter;
        zoo
    };
    let (plain, idempotent) = (with("A request ID."), with("An idempotent request UUID."));
    assert_eq!(compare(&plain, &idempotent).class(), Class::Additive);
    assert_eq!(compare(&idempotent, &plain).class(), Class::Breaking);
}

#[test]
fn another_query_breaks() {
    assert_snapshot!(all_edited(&[
        |zoo| rename(
            &mut method(zoo, "animals", "get")["parameters"],
            "view",
            "View"
        ),
        |zoo| {
            let list = method(zoo, "animals", "list");
            rename(&mut list["parameters"], "q", "Q");
            list["parameterOrder"] = json!(["Q"]);
        },
        |zoo| {
            let list = method(zoo, "animals", "list");
            rename(&mut list["parameters"], "q", "text");
            list["parameterOrder"] = json!(["text"]);
        },
        |zoo| rename(&mut zoo["schemas"]["Animal"]["properties"], "name", "Name"),
        |zoo| zoo["schemas"]["Animal"]["properties"]["color"]["enum"][1] = "Green".into(),
    ]));
}

#[test]
fn media_that_a_service_no_longer_takes_breaks() {
    assert_snapshot!(all_edited(&[
        |zoo| {
            let simple = &mut method(zoo, "photos", "insert")["mediaUpload"]["protocols"]["simple"];
            simple["path"] = "/upload/zoo/v2/photos".into();
        },
        |zoo| {
            let simple = &mut method(zoo, "photos", "insert")["mediaUpload"]["protocols"]["simple"];
            simple["multipart"] = false.into();
        },
        |zoo| {
            let media = &mut method(zoo, "photos", "insert")["mediaUpload"];
            remove(&mut media["protocols"], "resumable");
        },
        |zoo| method(zoo, "photos", "insert")["mediaUpload"]["accept"] = json!(["image/png"]),
        |zoo| method(zoo, "photos", "insert")["mediaUpload"]["accept"] = json!(["image/*"]),
        |zoo| remove(
            &mut method(zoo, "photos", "insert")["mediaUpload"],
            "accept"
        ),
        |zoo| method(zoo, "photos", "insert")["mediaUpload"]["maxSize"] = "1MB".into(),
        |zoo| method(zoo, "photos", "insert")["mediaUpload"]["maxSize"] = "20MB".into(),
        |zoo| remove(
            &mut method(zoo, "photos", "insert")["mediaUpload"],
            "maxSize"
        ),
        |zoo| method(zoo, "photos", "export")["useMediaDownloadService"] = true.into(),
        |zoo| remove(method(zoo, "photos", "export"), "supportsMediaDownload"),
    ]));
}

#[test]
fn values_that_are_refused_break() {
    assert_snapshot!(all_edited(&[
        |zoo| {
            let name = &mut method(zoo, "animals", "get")["parameters"]["name"];
            name["pattern"] = "^animals/[a-z]+$".into();
        },
        |zoo| {
            let name = &mut method(zoo, "animals", "get")["parameters"]["name"];
            remove(name, "pattern");
        },
        |zoo| {
            let animal = &mut method(zoo, "animals", "move")["parameters"]["animal"];
            animal["pattern"] = "^[a-z]+$".into();
        },
    ]));
}

#[test]
fn credentials_that_no_longer_suffice_break() {
    assert_snapshot!(all_edited(&[
        // One that suffices is gone; one more suffices.
        |zoo| {
            let scopes = json!(["https://www.googleapis.com/auth/zoo"]);
            method(zoo, "animals", "get")["scopes"] = scopes;
        },
        |zoo| {
            let zoos = "https://www.googleapis.com/auth/zoos";
            zoo["auth"]["oauth2"]["scopes"][zoos] = json!({"description": "All."});
            let scopes = method(zoo, "animals", "get")["scopes"].as_array_mut();
            scopes.unwrap().push(zoos.into());
        },
        // The default scopes need one that was not granted before.
        |zoo| {
            let scopes = json!(["https://www.googleapis.com/auth/zoo.readonly"]);
            method(zoo, "animals", "get")["scopes"] = scopes;
        },
    ]));
}

/// The URL is the same after joining, or only names that callers do not write differ.
#[test]
fn the_same_request_is_the_same() {
    let joined = class(|zoo| {
        zoo["servicePath"] = "".into();
        for (resource, name) in [
            ("animals", "get"),
            ("animals", "list"),
            ("animals", "move"),
            ("animals", "patch"),
            ("photos", "export"),
            ("photos", "insert"),
        ] {
            let path = &mut method(zoo, resource, name)["path"];
            *path = format!("zoo/{}", path.as_str().unwrap()).into();
        }
    });
    assert_eq!(joined, Class::Same);
    let renamed = class(|zoo| {
        let get = method(zoo, "animals", "get");
        rename(&mut get["parameters"], "name", "animal");
        get["path"] = "v1/{+animal}".into();
        get["parameterOrder"] = json!(["animal"]);
    });
    assert_eq!(renamed, Class::Documentation);
    let sorted = class(|zoo| {
        let media = &mut method(zoo, "photos", "insert")["mediaUpload"];
        media["accept"] = json!(["image/jpeg", "image/png"]);
        zoo["schemas"]["Animal"]["properties"]["color"]["enum"] = json!(["GREEN", "RED"]);
    });
    assert_eq!(sorted, Class::Same);
}

/// Methods named like traits of their builders are no reason to look at traits.
#[test]
fn names_of_traits_are_names() {
    let named = |name: &str| {
        let mut document = zoo();
        rename(
            &mut document["resources"]["animals"]["methods"],
            "move",
            name,
        );
        document
    };
    for name in ["clone", "debug"] {
        let added = compare(&named("other"), &named(name));
        let new: Vec<_> = added
            .changes
            .iter()
            .map(|change| &change.item.noun)
            .collect();
        assert_eq!(new, ["method", "method"], "{name}");
        assert_eq!(compare(&named(name), &named(name)).class(), Class::Same);
    }
}

/// The poll of an operation is a request too, even if the client lacks the method itself.
#[test]
fn calls_that_follow_operations_are_requests() {
    let client = |path: &str| {
        let case = "../generator/tests/cases/operations.json";
        let case = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(case);
        let text = std::fs::read_to_string(case)
            .unwrap()
            .replace("\"v1/{+name}\"", path);
        let parsed = discovery::Document::parse(&text, None).unwrap();
        let mut options = generator::Options::default();
        options.only = vec!["reports.generate".to_owned()];
        generator::generate(&parsed.document, &options)
            .unwrap()
            .surface
    };
    let changes = xtask::diff::changes(&client("\"v1/{+name}\""), &client("\"v2/{+name}\""));
    let [change] = changes.as_slice() else {
        panic!("{changes:?}")
    };
    assert_eq!(change.class, Class::Breaking);
    assert_eq!(
        change.item.to_string(),
        "the get path of the operation service `operations.operations.get`"
    );
}
