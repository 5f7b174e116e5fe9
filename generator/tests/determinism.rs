//! The same document gives the same bytes, whatever the order of its keys.

mod support;

use discovery::Document;
use generator::Options;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

type Files = BTreeMap<String, String>;

#[test]
fn twice_the_same_bytes() {
    for (name, text) in support::texts() {
        assert_eq!(files(&name, &text), files(&name, &text), "{name}");
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for (name, text) in support::texts() {
        let expected = files(&name, &text);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        for order in [alphabetical, backwards, by_length] {
            let mut reordered = String::new();
            write(&value, order, &mut reordered);
            assert_eq!(files(&name, &reordered), expected, "{name}");
        }
    }
}

#[test]
fn the_version_is_one_line_of_two_files() {
    for (name, text) in support::texts() {
        let parsed = Document::parse(&text, None).expect("a document");
        let package =
            generator::generate(&parsed.document, &Options::default()).expect("a package");
        let mut expected = package.files.clone();
        for (path, old, new) in [
            (
                "Cargo.toml",
                "\nversion = \"0.1.0\"\n",
                "\nversion = \"1.2.3+4\"\n",
            ),
            (
                "surface.json",
                "\n  \"version\": \"0.1.0\",\n",
                "\n  \"version\": \"1.2.3+4\",\n",
            ),
        ] {
            let file = &package.files[path];
            assert_eq!(file.matches(old).count(), 1, "{name}");
            expected.insert(path.to_owned(), file.replace(old, new));
        }
        let package = package.with_version("1.2.3+4");
        assert_eq!(package.files, expected, "{name}");
        let surface = generator::Surface::parse(&package.files["surface.json"]);
        assert_eq!(surface.expect("a surface"), package.surface, "{name}");
    }
}

/// Returns all files of the package, including manifest and README.
fn files(name: &str, text: &str) -> Files {
    let parsed =
        Document::parse(text, None).unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let package = generator::generate(&parsed.document, &Options::default());
    package
        .unwrap_or_else(|problems| panic!("{name}: {problems}"))
        .files
}

/// An order of the keys of an object.
type Order = fn(&Map<String, Value>) -> Vec<&String>;

fn alphabetical(object: &Map<String, Value>) -> Vec<&String> {
    let mut keys: Vec<_> = object.keys().collect();
    keys.sort();
    keys
}

fn backwards(object: &Map<String, Value>) -> Vec<&String> {
    let mut keys = alphabetical(object);
    keys.reverse();
    keys
}

fn by_length(object: &Map<String, Value>) -> Vec<&String> {
    let mut keys = alphabetical(object);
    keys.sort_by_key(|key| key.len() % 5);
    keys
}

/// Writes JSON with its keys in the given order.
fn write(value: &Value, order: Order, text: &mut String) {
    match value {
        Value::Object(object) => {
            let mut separator = '{';
            for key in order(object) {
                text.push(separator);
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(&object[key], order, text);
                separator = ',';
            }
            text.push_str(if object.is_empty() { "{}" } else { "}" });
        }
        Value::Array(values) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                write(value, order, text);
            }
            text.push(']');
        }
        _ => text.push_str(&value.to_string()),
    }
}
