//! Whatever of a document reaches the code of its client is reported.
//!
//! Every member of every small document is edited in turn. Where the code is another one, apart from
//! comments, the verdict must say that more than documentation differs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use discovery::Document;
use generator::{Options, Package};
use serde_json::{Map, Value};
use xtask::diff::{self, Class};

/// Members whose edits must have changed some code, or this test would show nothing.
const KINDS: [&str; 24] = [
    "$ref",
    "accept",
    "apiVersion",
    "enum",
    "features",
    "format",
    "httpMethod",
    "location",
    "maxSize",
    "methods",
    "multipart",
    "parameterOrder",
    "parameters",
    "path",
    "pattern",
    "properties",
    "repeated",
    "required",
    "rootUrl",
    "scopes",
    "servicePath",
    "supportsMediaDownload",
    "type",
    "useMediaDownloadService",
];

/// Members that are documentation.
const TEXTS: [&str; 3] = ["description", "enumDescriptions", "title"];

/// The number of similar places of a document that are edited.
const MOST_ALIKE: usize = 2;

#[test]
fn whatever_reaches_the_code_has_a_verdict() {
    let mut seen = BTreeMap::<String, usize>::new();
    let mut problems = Vec::new();
    for (name, document) in documents() {
        let Some(old) = generate(&document) else {
            panic!("{name} cannot be generated")
        };
        let mut seed = 0;
        let places = places(&document);
        let mut known = BTreeMap::new();
        for place in &places {
            seed += 1;
            // A document repeats itself.
            let alike = known.entry(alike(place)).or_insert(0);
            *alike += 1;
            if *alike > MOST_ALIKE {
                continue;
            }
            let mut edited = document.clone();
            if !edit(&mut edited, place, seed) {
                continue;
            }
            let Some(new) = generate(&edited) else {
                continue; // The document is refused.
            };
            let changes = diff::changes(&old.surface, &new.surface);
            let class = changes.iter().map(|change| change.class).max();
            let is_reported = class >= Some(Class::Additive);
            let (lines, new_lines) = (code(&old), code(&new));
            let differs = sorted(&lines) != sorted(&new_lines);
            if differs {
                let kind = place.iter().rev().find(|key| KINDS.contains(&key.as_str()));
                *seen.entry(kind.cloned().unwrap_or_default()).or_default() += 1;
            }
            // Scopes of methods are in comments only, and matter nevertheless.
            let is_scope = place.iter().any(|key| key == "scopes");
            if differs && !is_reported || is_reported && lines == new_lines && !is_scope {
                problems.push(format!("{name} /{}: {class:?}, {differs}", place.join("/")));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let unseen: Vec<_> = KINDS
        .iter()
        .filter(|kind| !seen.contains_key(**kind))
        .collect();
    assert!(unseen.is_empty(), "{unseen:?} of {seen:?}");
}

/// The small documents of the generator, and one with all that a request can have.
fn documents() -> Vec<(String, Value)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(here.join("../generator/tests/cases")).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .filter(|path| !path.to_string_lossy().ends_with(".overlay.json"))
        // Documents that only lengthen the test.
        .filter(|path| !path.ends_with("hostile.json") && !path.ends_with("many_scopes.json"))
        .collect();
    files.push(here.join("tests/diff/zoo.json"));
    files.sort();
    let read = |path: &Path| {
        let document = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        (
            path.file_stem().unwrap().to_string_lossy().into_owned(),
            document,
        )
    };
    files.iter().map(|path| read(path)).collect()
}

fn generate(document: &Value) -> Option<Package> {
    let parsed = Document::parse(&document.to_string(), None).ok()?;
    generator::generate(&parsed.document, &Options::default()).ok()
}

/// Returns lines without their order, which may be that of a list or of arguments.
fn sorted<'a>(lines: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines
}

/// Returns the part of a place that similar places share.
fn alike(place: &[String]) -> Vec<&String> {
    let is_named = |key: &&String| KINDS.contains(&key.as_str()) || TEXTS.contains(&key.as_str());
    place.iter().rev().filter(is_named).take(3).collect()
}

/// Returns the lines of a client but for comments.
fn code(package: &Package) -> Vec<(&str, &str)> {
    let sources = package
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/"));
    sources
        .flat_map(|(path, text)| text.lines().map(move |line| (path.as_str(), line.trim())))
        .filter(|(_, line)| !line.starts_with("//"))
        .collect()
}

/// Returns the keys that lead to each value.
fn places(value: &Value) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(values) => {
            let values = values.iter().enumerate();
            values
                .map(|(index, value)| (index.to_string(), value))
                .collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in members {
        let inner = places(value).into_iter();
        found.push(vec![key.clone()]);
        found.extend(inner.map(|place| [&[key.clone()][..], &place].concat()));
    }
    found
}

/// Edits the value at a place. Returns whether there is a way to do so.
fn edit(document: &mut Value, place: &[String], seed: usize) -> bool {
    let Some((last, around)) = place.split_last() else {
        return false;
    };
    let pointer: String = around
        .iter()
        .map(|key| format!("/{}", escaped(key)))
        .collect();
    let refs: Vec<_> = document["schemas"]
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
        .cloned()
        .collect();
    match document.pointer_mut(&pointer) {
        Some(Value::Object(members)) => edit_member(members, last, seed, &refs),
        Some(Value::Array(values)) => {
            let is_order = around.last().is_some_and(|key| key == "parameterOrder");
            edit_element(values, last.parse().unwrap(), seed, is_order)
        }
        _ => false,
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Removes, renames or changes a member.
fn edit_member(members: &mut Map<String, Value>, key: &str, seed: usize, refs: &[String]) -> bool {
    let value = members[key].clone();
    match value {
        Value::Bool(value) => {
            members[key] = (!value).into();
        }
        Value::String(text) if !seed.is_multiple_of(4) => members[key] = other(key, &text, refs).into(),
        Value::Object(_) if seed.is_multiple_of(2) => {
            let value = members.remove(key);
            members.insert(format!("{key}X"), value.unwrap_or_default());
        }
        _ => {
            members.remove(key);
        }
    }
    true
}

/// Returns another text that a member of this name can have.
fn other(key: &str, text: &str, refs: &[String]) -> String {
    let next = |known: &[&str]| {
        let at = known
            .iter()
            .position(|known| *known == text)
            .map_or(0, |at| at + 1);
        known[at % known.len()].to_owned()
    };
    match key {
        "httpMethod" => next(&["GET", "DELETE", "POST", "PUT", "PATCH"]),
        "type" => next(&["string", "integer", "boolean", "number", "any"]),
        "format" => next(&[
            "int32",
            "uint32",
            "int64",
            "uint64",
            "byte",
            "google-datetime",
        ]),
        "location" => next(&["query", "path"]),
        "maxSize" => next(&["10MB", "20MB"]),
        "rootUrl" => text.replace("https://", "https://x"),
        "servicePath" => format!("{text}x/"),
        "path" => text.replacen("v1", "v9", 1),
        "$ref" => {
            let at = refs
                .iter()
                .position(|name| name == text)
                .map_or(0, |at| at + 1);
            refs.get(at % refs.len().max(1))
                .cloned()
                .unwrap_or_default()
        }
        _ => format!("{text}x"),
    }
}

/// Swaps, removes or changes an element.
fn edit_element(values: &mut Vec<Value>, index: usize, seed: usize, is_order: bool) -> bool {
    match (&values[index], seed % 3) {
        (_, 0) if is_order && index > 0 => values.swap(index, index - 1),
        (Value::String(text), 1) => values[index] = format!("{text}X").into(),
        _ => drop(values.remove(index)),
    }
    true
}
