//! Small documents that try to produce large or slow output.

use discovery::Document;
use generator::{Options, Package};
use regex_lite::Regex;
use serde_json::{Map, Value, json};

use crate::invariant::{self, Outcome};
use crate::support;

/// Returns the document of the case `paths` after a change.
fn document(change: impl FnOnce(&mut Value)) -> Value {
    let (_, text) = support::texts()
        .into_iter()
        .find(|(path, _)| path.ends_with("/paths.json"))
        .expect("the case `paths`");
    let mut document = serde_json::from_str(&text).expect("JSON");
    change(&mut document);
    document
}

fn package(document: &Value) -> Package {
    let parsed = Document::parse(&document.to_string(), None).expect("no error");
    generator::generate(&parsed.document, &Options::default()).expect("a package")
}

fn size(package: &Package) -> usize {
    package.files.values().map(String::len).sum()
}

/// Returns schemas each of which has the next one four times. Expanded, there would be 4 to the power of
/// `count`.
fn doubling(count: usize, member: &dyn Fn(&str) -> Value) -> Value {
    document(|document| {
        let mut schemas = Map::new();
        for number in 0..count {
            let next = format!("Level{}", (number + 1) % count);
            let mut schema = member(&next);
            schema["id"] = json!(format!("Level{number}"));
            schemas.insert(format!("Level{number}"), schema);
        }
        document["schemas"] = Value::Object(schemas);
        let get = &mut document["resources"]["things"]["methods"]["get"];
        get["httpMethod"] = json!("POST");
        get["request"] = json!({ "$ref": "Level0" });
        get["response"] = json!({ "$ref": "Level0" });
    })
}

#[test]
fn schemas_used_many_times_are_written_once() {
    let by_name = |next: &str| {
        let next = json!({ "$ref": next });
        let list = json!({ "type": "array", "items": next });
        let properties = json!({ "a": next, "b": next, "c": list, "d": list });
        json!({ "type": "object", "properties": properties })
    };
    let inline = |next: &str| {
        let inner = json!({ "type": "object", "properties": { "x": { "$ref": next }, "y": { "$ref": next } } });
        let map = json!({ "type": "object", "additionalProperties": inner });
        json!({ "type": "object", "properties": { "a": inner, "b": map } })
    };
    let members: [&dyn Fn(&str) -> Value; 2] = [&by_name, &inline];
    for member in members {
        let sizes = [20, 40].map(|count| size(&package(&doubling(count, member))));
        assert!(sizes[1] < 3 * sizes[0], "{sizes:?}");
        let text = doubling(40, member).to_string();
        assert_eq!(invariant::check(&text, None), Ok(Outcome::Generated));
    }
}

/// Schemas that are lists of lists do not double each time one refers to the next.
#[test]
fn nested_lists_are_written_once() {
    let list = |next: &str| json!({ "type": "array", "items": { "$ref": next } });
    let map = |next: &str| json!({ "type": "object", "additionalProperties": { "$ref": next } });
    let members: [&dyn Fn(&str) -> Value; 2] = [&list, &map];
    for member in members {
        let mut text = doubling(200, member);
        text["schemas"]["Level199"] = json!({ "id": "Level199", "type": "string" });
        let outcome = invariant::check(&text.to_string(), None);
        assert!(outcome.is_ok(), "{outcome:?}");
        // A circle of references.
        let outcome = invariant::check(&doubling(200, member).to_string(), None);
        assert!(outcome.is_ok(), "{outcome:?}");
    }
}

/// A backtracking matcher would never finish. Clients match with `regex_lite`, whose time is bounded by
/// the pattern times the value.
#[test]
fn patterns_match_in_linear_time() {
    for (pattern, value) in [
        ("^(a+)+$", "a"),
        ("^(a|aa)+$", "a"),
        ("^(a|a?)+$", "a"),
        ("^(.*a){20}$", "a"),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a"),
        ("^(x+x+)+y$", "x"),
    ] {
        let text = document(|document| {
            let get = &mut document["resources"]["things"]["methods"]["get"];
            get["parameters"]["name"]["pattern"] = json!(pattern);
        });
        assert_eq!(
            invariant::check(&text.to_string(), None),
            Ok(Outcome::Generated)
        );
        let package = package(&text);
        let things = &package.files["src/things.rs"];
        let written = format!("runtime::Pattern::new({pattern:?})");
        let flat: String = things.split_whitespace().collect::<Vec<_>>().join(" ");
        let flat = flat.replace("( \"", "(\"").replace("\", )", "\")");
        assert!(flat.contains(&written), "{things}");
        let regex = Regex::new(&format!("^(?:{pattern})$")).expect("a pattern");
        assert!(!regex.is_match(&(value.repeat(20_000) + "!")), "{pattern}");
    }
}

/// Tries all names from which files, folders, packages and identifiers are derived.
#[test]
fn names_cannot_escape_the_package() {
    let long = "x".repeat(10_000);
    for name in [
        "a\0b",
        "\0",
        "../../b",
        "a/b",
        "..",
        "/etc/passwd",
        "a\\b",
        "C:\\b",
        long.as_str(),
    ] {
        for key in ["name", "version"] {
            let text = document(|document| document[key] = json!(name)).to_string();
            assert_eq!(
                invariant::check(&text, None),
                Ok(Outcome::Unread),
                "{key} {name:?}"
            );
        }
        let resource = document(|document| {
            let things = document["resources"]["things"].take();
            document["resources"] = json!({ name: things });
        });
        let method = document(|document| {
            let methods = &mut document["resources"]["things"]["methods"];
            let get = methods["get"].take();
            *methods = json!({ name: get });
        });
        let schema = document(|document| {
            let schema = json!({ "id": name, "type": "object", "properties": { name: { "type": "string" } } });
            document["schemas"] = json!({ name: schema });
        });
        for text in [resource, method, schema] {
            let outcome = invariant::check(&text.to_string(), None);
            assert!(outcome.is_ok(), "{outcome:?}");
            // Such a name is refused, or becomes a module, a function or a type.
            if name.len() > 200 {
                assert_eq!(outcome, Ok(Outcome::Unread));
            }
        }
    }
}
