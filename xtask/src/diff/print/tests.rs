//! Changelogs of surfaces that differ in one way.

use std::fmt::Write as _;

use generator::Surface;
use insta::assert_snapshot;
use serde_json::{Map, Value, json};

use super::sections::brief;
use crate::diff;

/// Returns the changelog between two surfaces with these members.
fn changelog(old: Value, new: Value) -> String {
    let [old, new] = [old, new].map(|members| {
        let mut surface = json!({"format": 1, "package": "google-zoo-v1", "runtime": "0.1.0"});
        let all = surface.as_object_mut().unwrap();
        all.extend(members.as_object().unwrap().clone());
        Surface::parse(&surface.to_string()).unwrap()
    });
    let mut text = String::new();
    for (title, lines) in brief(&diff::changes(&old, &new)) {
        let _ = write!(text, "# {title}\n{lines}");
    }
    text
}

/// Returns methods with these names and facts.
fn methods(names: &[&str], facts: Value) -> Value {
    let method = |name: &&str| {
        let mut facts = facts.clone();
        facts["id"] = format!("zoo.{name}").into();
        facts["verb"] = "GET".into();
        facts["path"] = json!([format!("v1/{name}")]);
        ((*name).to_owned(), facts)
    };
    Value::Object(names.iter().map(method).collect::<Map<_, _>>())
}

#[test]
fn a_resource_goes_with_its_methods_and_its_feature() {
    let old = json!({
        "features": ["animals", "keepers"],
        "resources": {"animals": {}, "animals.photos": {}, "keepers": {}},
        "methods": methods(&["animals.get", "animals.list", "animals.photos.get", "keepers.get"], json!({})),
    });
    let new = json!({
        "features": ["keepers"],
        "resources": {"keepers": {}},
        "methods": methods(&["keepers.get"], json!({})),
    });
    assert_snapshot!(changelog(old, new), @r"
    # Breaking changes
    - Removed the resource `animals` and its 3 methods.
    ");
}

#[test]
fn the_news_of_scopes_are_one_line() {
    let (a, b) = (["animals.get", "animals.list"], ["keepers.get"]);
    let side = |more: &[&str]| {
        let scopes = |first: &[&str]| {
            let scopes = [first, more].concat();
            json!({"scopes": scopes})
        };
        let mut all = methods(&a, scopes(&["zoo"]));
        let others = methods(&b, scopes(&["zoo", "keepers"]));
        all.as_object_mut()
            .unwrap()
            .extend(others.as_object().unwrap().clone());
        json!({"methods": all})
    };
    assert_snapshot!(changelog(side(&[]), side(&["zoo.readonly", "zoos"])), @r"
    # Changes of behaviour
    - Calls of the methods `animals.get`, `animals.list`, `keepers.get` also accept the scopes
      `zoo.readonly`, `zoos`.
    ");
    assert_snapshot!(changelog(side(&["zoos"]), side(&[])), @r"
    # Breaking changes of behaviour: programs compile, and do something else
    - Calls of the methods `animals.get`, `animals.list`, `keepers.get` no longer accept the scope
      `zoos`.
    ");
}

#[test]
fn a_part_of_several_items_is_one_line() {
    let parameters = |with: bool| match with {
        true => json!({"parameters": {"view": {"wire": "view", "type": "String"}}}),
        false => json!({}),
    };
    let names: Vec<_> = (0..20)
        .map(|index| format!("animals.m{index:02}"))
        .collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let side = |with| json!({"methods": methods(&names, parameters(with))});
    assert_snapshot!(changelog(side(false), side(true)), @"
    # Additions
    - Added the parameter `view` to the methods `animals.m00`, `animals.m01`, `animals.m02`,
      `animals.m03`, `animals.m04`, `animals.m05`, `animals.m06`, `animals.m07` and 12 more.
    ");
}

#[test]
fn a_feature_that_types_need_is_one_line() {
    let side = |features: Value| {
        let ty = json!({"features": features});
        json!({"features": ["a", "b"], "types": {"schemas::A": ty, "schemas::B": ty}})
    };
    assert_snapshot!(changelog(side(json!([])), side(json!(["b"]))), @r"
    # Breaking changes
    - Changed the features of the types `schemas::A`, `schemas::B`: needs the feature `b`.
    ");
}

#[test]
fn a_renamed_item_has_a_successor() {
    let ty =
        json!({"fields": {"a": {"wire": "a", "type": "i32"}, "b": {"wire": "b", "type": "i32"}}});
    let renamed = |method: &str, name: &str| {
        let mut all = methods(&["animals.get"], json!({}));
        let get = all["animals.get"].take();
        json!({"methods": {method: get}, "types": {name: ty}})
    };
    let (old, new) = (renamed("get", "schemas::A"), renamed("fetch", "schemas::B"));
    assert_snapshot!(changelog(old, new), @"
    # Breaking changes
    - Removed the method `get`; use `fetch` instead.
    - Removed the type `schemas::A`; use `schemas::B` instead.
    # Additions
    - Added the method `fetch`.
    - Added the type `schemas::B`.
    ");
}

#[test]
fn text_may_become_an_enum() {
    let side = |ty: &str, kind: &str| {
        let state = json!({"kind": kind, "variants": {"Open": {"wire": "OPEN"}}});
        let gate = json!({"fields": {"state": {"wire": "state", "type": ty}}});
        json!({"types": {"schemas::Gate": gate, "schemas::gate::State": state}})
    };
    let old = side("Option<String>", "enum");
    let new = side("Option<schemas::gate::State>", "enum");
    assert_snapshot!(changelog(old, new), @r"
    # Breaking changes
    - Changed the field `state` of the type `schemas::Gate`: `Option<String>` is now
      `Option<schemas::gate::State>`; setters accept `&str` as before.
    ");
}

#[test]
fn a_brief_text_shows_where_requests_differ() {
    let paths = |version: &str| {
        let mut all = methods(&["animals.get", "animals.list"], json!({}));
        all["animals.get"]["path"] = json!([format!("{version}/animals/a")]);
        all["animals.list"]["path"] = json!([format!("{version}/animals")]);
        json!({"methods": all})
    };
    assert_snapshot!(changelog(paths("v1"), paths("v1/public")), @"
    # Breaking changes of behaviour: programs compile, and do something else
    - Changed the HTTP request of the method `animals.get`: `…/animals/…` is now `…/public/animals/…`.
    - Changed the HTTP request of the method `animals.list`: `…/animals` is now `…/public/animals`.
    ");
    assert_snapshot!(changelog(paths("v1"), paths("v2")), @"
    # Breaking changes of behaviour: programs compile, and do something else
    - Changed the HTTP request of the methods `animals.get`, `animals.list`: `v1/…` is now `v2/…`.
    ");
}

#[test]
fn facts_come_and_go() {
    let versioned =
        |version: Value| json!({"methods": methods(&["get"], json!({"api_version": version}))});
    let (none, some) = (|| versioned(Value::Null), || versioned("2026-01-01".into()));
    assert_snapshot!(changelog(none(), some()), @"
    # Breaking changes of behaviour: programs compile, and do something else
    - Changed the API version of the method `get`: now `2026-01-01`.
    ");
    assert_snapshot!(changelog(some(), none()), @"
    # Breaking changes of behaviour: programs compile, and do something else
    - Changed the API version of the method `get`: no longer `2026-01-01`.
    ");
}

#[test]
fn types_are_counted_when_there_are_many() {
    let types = |count| {
        let types = (0..count).map(|index| (format!("schemas::T{index}"), json!({})));
        json!({"types": types.collect::<Map<_, _>>()})
    };
    assert_snapshot!(changelog(types(0), types(20)), @"
    # Additions
    - Added 20 types.
    ");
}

#[test]
fn deprecations_have_a_section() {
    let types = |deprecated: bool| {
        json!({"types": {
            "schemas::A": {"deprecated": deprecated}, "schemas::B": {"deprecated": !deprecated},
        }})
    };
    assert_snapshot!(changelog(types(false), types(true)), @"
    # Deprecations
    - Deprecated the type `schemas::A`.
    - No longer deprecated: the type `schemas::B`.
    ");
}

/// A type that has lost its place to another, and types in the fields of such a type.
#[test]
fn renamed_types_and_resources_have_successors() {
    let field = |ty: &str| json!({"wire": "f", "type": format!("Option<Box<{ty}>>")});
    let side = |resource: &str, outer: &str, inner: &str| {
        let mut methods = Map::new();
        for (name, verb) in [("get", "GET"), ("delete", "DELETE")] {
            let method = json!({"verb": verb, "path": ["v1/pets"], "response": outer});
            methods.insert(format!("{resource}.{name}"), method);
        }
        json!({
            "resources": {resource: {}},
            "methods": methods,
            "types": {
                outer: {"fields": {"inner": field(inner)}},
                inner: {"fields": {"only": {"wire": "only", "type": "i32"}}},
            },
        })
    };
    let old = side("animals", "schemas::Animal", "schemas::animal::Kind");
    let new = side("pets", "schemas::Pet", "schemas::pet::Species");
    assert_snapshot!(changelog(old, new), @"
    # Breaking changes
    - Removed the resource `animals` and its 2 methods; use `pets` instead.
    - Removed the type `schemas::Animal`; use `schemas::Pet` instead.
    - Removed the type `schemas::animal::Kind`; use `schemas::pet::Species` instead.
    # Additions
    - Added the resource `pets` and its 2 methods.
    - Added the types `schemas::Pet`, `schemas::pet::Species`.
    ");
}

/// An entry has about eighty lines, whatever happened.
#[test]
fn an_entry_is_bounded() {
    let types = |field: &str, docs: &str| {
        let ty = |index| {
            let name = format!("{field}{index}");
            let fields = json!({name: {"wire": "a", "type": "i32"}});
            (
                format!("schemas::T{index:03}"),
                json!({"fields": fields, "docs": docs}),
            )
        };
        let kept = (500..600).map(|index| (format!("schemas::T{index}"), json!({"docs": docs})));
        let all: Map<_, _> = (0..500).map(ty).chain(kept).collect();
        json!({"types": all})
    };
    let text = changelog(types("old", "1"), types("new", "2"));
    let lines: Vec<_> = text.lines().collect();
    assert!((60..=90).contains(&lines.len()), "{text}");
    assert!(
        lines.iter().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    let counts: Vec<_> = lines.iter().filter(|line| line.contains("And ")).collect();
    assert_eq!(counts.len(), 2, "{text}");
    assert!(
        text.ends_with("lists all changes since a revision of git.\n"),
        "{text}"
    );
}
