//! Small documents, one for each feature: `tests/cases/NAME.json`, with an overlay beside some.

use std::fs;
use std::path::{Path, PathBuf};

use discovery::Document;

/// The names of all cases, in alphabetical order.
pub(crate) fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder of the cases");
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

/// The document of a case, which has nothing to complain of.
pub(crate) fn document(case: &str) -> Document {
    let overlay = fs::read_to_string(folder().join(format!("{case}.overlay.json"))).ok();
    match Document::parse(&text(case), overlay.as_deref()) {
        Ok(parsed) if parsed.warnings.is_empty() => parsed.document,
        Ok(parsed) => panic!("{case}: {}", parsed.warnings),
        Err(problems) => panic!("{case}: {problems}"),
    }
}

/// The text of a case.
pub(crate) fn text(case: &str) -> String {
    let path = folder().join(format!("{case}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder() -> PathBuf {
    repository().join("generator/tests/cases")
}

/// The root of the workspace that this package belongs to.
pub(crate) fn repository() -> &'static Path {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    folders
        .find(|folder| folder.join("Cargo.lock").exists())
        .expect("a workspace")
}
