//! The rules that follow from no document: what packages require, and what their features bring.

use generator::Surface;
use serde_json::{Value, json};
use xtask::diff::{self, Class};

/// Compares two surfaces with these members.
#[track_caller]
fn check(class: Class, old: Value, new: Value) {
    let [before, after] = [&old, &new].map(|members| {
        let mut surface = json!({
            "format": 1, "package": "google-zoo-v1", "rust_version": "1.91", "runtime": "0.1.0",
        });
        let all = surface.as_object_mut().unwrap();
        all.extend(members.as_object().unwrap().clone());
        Surface::parse(&surface.to_string()).unwrap()
    });
    let changes = diff::changes(&before, &after);
    let gravest = changes.iter().map(|change| change.class).max();
    assert_eq!(
        gravest.unwrap_or(Class::Same),
        class,
        "{old} -> {new}: {changes:?}"
    );
}

#[test]
fn requirements_are_a_part_of_the_api() {
    let none = || json!({});
    check(
        Class::Breaking,
        none(),
        json!({"package": "google-zoos-v1"}),
    );
    check(Class::Additive, none(), json!({"runtime": "0.1.9"}));
    check(Class::Breaking, none(), json!({"runtime": "0.2.0"}));
    check(Class::Additive, none(), json!({"rust_version": "1.95"}));
    check(
        Class::Same,
        none(),
        json!({"revision": "2", "version": "1.0.0"}),
    );
}

#[test]
fn a_feature_that_gave_an_item_goes_on_to_give_it() {
    let item = |features: Value| json!({"features": ["a", "b"], "types": {"schemas::A": {"features": features}}});
    check(Class::Breaking, item(json!([])), item(json!(["a"])));
    check(Class::Breaking, item(json!(["a"])), item(json!(["b"])));
    check(Class::Same, item(json!(["a"])), item(json!(["a", "b"])));
    check(Class::Same, item(json!(["a"])), item(json!([])));
    // The feature itself is gone.
    let mut without = item(json!(["a"]));
    without["features"] = json!(["a"]);
    check(Class::Breaking, item(json!(["a", "b"])), without);
}

#[test]
fn another_kind_of_type_breaks() {
    let kind = |kind: &str| json!({"types": {"schemas::A": {"kind": kind}}});
    check(Class::Breaking, kind("struct"), kind("enum"));
    let alias =
        |target: &str| json!({"types": {"schemas::A": {"kind": "alias", "target": target}}});
    check(Class::Breaking, alias("String"), alias("i32"));
}

/// A fact that no rule knows may matter to a server.
#[test]
fn a_fact_without_a_rule_breaks() {
    let size = |size: Value| json!({"methods": {"a": {"pages": {"query": "token", "next": ["next"], "body": size}}}});
    check(Class::Breaking, size(json!("a")), size(json!("b")));
    check(Class::Breaking, size(Value::Null), size(json!("b")));
}

/// Facts that an older description lacks are read as absent, and unknown ones are ignored.
#[test]
fn descriptions_may_lack_and_exceed() {
    let surface = Surface::parse(r#"{"format": 1, "methods": {"a": {"new": 1}}, "new": {}}"#);
    assert_eq!(surface.unwrap().methods["a"].path, []);
    let newer = Surface::parse(r#"{"format": 2}"#).unwrap_err();
    insta::assert_snapshot!(newer, @"its format is 2, and this program reads 1 to 1");
    let damaged = Surface::parse("{\n<<<<<<< HEAD\n").unwrap_err();
    assert_eq!(damaged.line, Some(2));
}
