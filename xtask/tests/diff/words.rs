//! The words for differences.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{all_edited, compare, edited, method, remove, rename, zoo};

#[test]
fn methods_come_and_go_with_their_requests() {
    let mut without = zoo();
    remove(&mut without["resources"]["animals"]["methods"], "list");
    let removed = compare(&zoo(), &without);
    let nouns: Vec<_> = removed
        .changes
        .iter()
        .map(|change| change.item.to_string())
        .collect();
    let nouns: Vec<_> = nouns.iter().map(String::as_str).collect();
    assert_eq!(
        nouns,
        [
            "the method `animals.list`",
            "the features of the type `schemas::Animals`",
        ]
    );
    assert_snapshot!(edited(|zoo| remove(&mut zoo["resources"], "photos")), @r"
    breaking
    - Removed the feature `photos`.
    - Removed the methods `photos.export()`, `photos.insert(request)`.
    ");
}

#[test]
fn parameters_belong_to_methods() {
    assert_snapshot!(all_edited(&[
        |zoo| rename(
            &mut method(zoo, "animals", "get")["parameters"],
            "view",
            "sight"
        ),
        |zoo| method(zoo, "animals", "get")["parameters"]["view"]["type"] = "boolean".into(),
        |zoo| method(zoo, "animals", "get")["parameters"]["view"]["repeated"] = true.into(),
        |zoo| method(zoo, "animals", "get")["parameters"]["view"]["required"] = true.into(),
        |zoo| method(zoo, "animals", "get")["parameters"]["view"]["deprecated"] = true.into(),
        |zoo| method(zoo, "animals", "get")["response"] = json!({"$ref": "Animals"}),
        |zoo| method(zoo, "animals", "get")["description"] = "Gets one.".into(),
        |zoo| method(zoo, "animals", "get")["deprecated"] = true.into(),
        |zoo| remove(method(zoo, "animals", "patch"), "request"),
        |zoo| method(zoo, "animals", "get")["id"] = "zoo.animals.fetch".into(),
    ]));
}

#[test]
fn fields_come_and_go_with_their_setters() {
    assert_snapshot!(all_edited(&[
        |zoo| remove(&mut zoo["schemas"]["Animal"]["properties"], "name"),
        |zoo| zoo["schemas"]["Animal"]["properties"]["name"]["readOnly"] = true.into(),
        |zoo| zoo["schemas"]["Animal"]["properties"]["name"]["type"] = "boolean".into(),
        |zoo| {
            let size = json!({"type": "string", "format": "int64"});
            zoo["schemas"]["Animal"]["properties"]["size"] = size;
        },
        |zoo| {
            let color = &mut zoo["schemas"]["Animal"]["properties"]["color"];
            color["enum"] = json!(["RED", "GREEN", "BLUE"]);
            color["enumDescriptions"] = json!(["", "", ""]);
        },
        |zoo| {
            let color = &mut zoo["schemas"]["Animal"]["properties"]["color"];
            color["enum"] = json!(["RED"]);
            color["enumDescriptions"] = json!([""]);
        },
        |zoo| zoo["schemas"]["Animal"]["deprecated"] = true.into(),
    ]));
}

#[test]
fn pages_and_operations_are_functions() {
    assert_snapshot!(all_edited(&[
        |zoo| remove(
            &mut zoo["schemas"]["Animals"]["properties"],
            "nextPageToken"
        ),
        |zoo| {
            let items = json!({"type": "string"});
            zoo["schemas"]["Animals"]["properties"]["animals"]["items"] = items;
        },
    ]));
}

#[test]
fn scopes_are_constants() {
    assert_snapshot!(edited(|zoo| {
        let scopes = &mut zoo["auth"]["oauth2"]["scopes"];
        scopes["https://www.googleapis.com/auth/zoos"] = json!({"description": "All."});
        let zoo = "https://www.googleapis.com/auth/zoo";
        scopes[zoo]["description"] = "Everything.".into();
    }), @r"
    additive
    - Added the scope `ZOOS`.
    - Changed the documentation of the scope `ZOO`.
    ");
}

/// The same change of many methods is told once.
#[test]
fn a_change_of_many_methods_is_one_line() {
    assert_snapshot!(edited(|zoo| {
        for name in ["get", "list", "move", "patch"] {
            method(zoo, "animals", name)["apiVersion"] = "2026-11-01".into();
        }
    }), @"
    breaking
    - Changed the API version of the methods `animals.get`, `animals.list`, `animals.move`,
      `animals.patch`: now `2026-11-01`.
    ");
}

/// A document cannot leave its line, nor the code in it.
#[test]
fn text_of_documents_is_code() {
    assert_snapshot!(edited(|zoo| {
        method(zoo, "animals", "get")["apiVersion"] = "a` \u{1b}[2J\n## b".into();
    }), @r"
    breaking
    - Changed the API version of the method `animals.get`: now `a' \u{1b}[2J\n## b`.
    ");
}
