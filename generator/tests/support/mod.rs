//! Small documents, one for each feature: `tests/cases/NAME.json`, with an overlay beside some.

#![allow(dead_code, reason = "each test uses its part")]

use std::fs;
use std::path::Path;

use discovery::Document;

const CASES: &str = "generator/tests/cases";

/// Returns the names of all cases, in alphabetical order.
pub(crate) fn names() -> Vec<String> {
    let entries = fs::read_dir(repository().join(CASES)).expect("the folder of the cases");
    let files = entries.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("UTF-8")
    });
    let mut names: Vec<_> = files
        .filter(|file| !file.ends_with(".overlay.json"))
        .filter_map(|file| Some(file.strip_suffix(".json")?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Returns the document of a case, which has no problems.
pub(crate) fn document(case: &str) -> Document {
    let overlay = repository().join(format!("{CASES}/{case}.overlay.json"));
    let overlay = fs::read_to_string(overlay).ok();
    match Document::parse(&read(&format!("{CASES}/{case}.json")), overlay.as_deref()) {
        Ok(parsed) if parsed.warnings.is_empty() => parsed.document,
        Ok(parsed) => panic!("{case}: {}", parsed.warnings),
        Err(problems) => panic!("{case}: {problems}"),
    }
}

/// Documents as published by Google; the Checks document is elsewhere.
pub(crate) const PUBLISHED: [&str; 2] = [
    "discovery/tests/documents/oauth2.v2.json",
    "discovery/tests/documents/translate.v2.json",
];

/// Returns a published document.
pub(crate) fn published(path: &str) -> Document {
    match Document::parse(&read(path), None) {
        Ok(parsed) => parsed.document,
        Err(problems) => panic!("{path}: {problems}"),
    }
}

/// Returns the documents in a folder, which are as published, with their paths.
pub(crate) fn in_folder(folder: &str) -> Vec<(String, Document)> {
    let entries = fs::read_dir(repository().join(folder)).expect("a folder");
    let mut paths: Vec<_> = entries
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            format!("{folder}/{}", name.to_str().expect("UTF-8"))
        })
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let document = published(&path);
            (path, document)
        })
        .collect()
}

/// Returns the texts of all cases and of some published documents, with their paths.
pub(crate) fn texts() -> Vec<(String, String)> {
    let published = PUBLISHED.into_iter();
    let published = published.chain(["discovery/documents/checks.v1alpha.json"]);
    let cases = names()
        .into_iter()
        .map(|case| format!("{CASES}/{case}.json"));
    cases
        .chain(published.map(str::to_owned))
        .map(|path| (path.clone(), read(&path)))
        .collect()
}

/// Returns the root of the workspace.
pub(crate) fn repository() -> &'static Path {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    folders
        .find(|folder| folder.join("Cargo.lock").exists())
        .expect("a workspace")
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
