//! Documents that change, and the lines that are printed about them.

use std::fs;

use serde_json::Value;
use xtask::diff::{self, Class, Outcome, Request, print};

/// An API with all that a request can have.
const ZOO: &str = include_str!("zoo.json");

pub(crate) fn zoo() -> Value {
    serde_json::from_str(ZOO).unwrap()
}

/// Compares the clients of two documents.
pub(crate) fn compare(old: &Value, new: &Value) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = [("old.json", old), ("new.json", new)].map(|(name, document)| {
        let path = folder.path().join(name);
        fs::write(&path, document.to_string()).unwrap();
        path.display().to_string()
    });
    let json = false;
    diff::run(&Request { old, new, json }).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Returns the class and the lines about an edit of the document, without headings.
pub(crate) fn edited(edit: impl FnOnce(&mut Value)) -> String {
    let mut new = zoo();
    edit(&mut new);
    assert_ne!(new, zoo());
    lines(&compare(&zoo(), &new))
}

/// Returns the lines of several edits.
pub(crate) fn all_edited(edits: &[fn(&mut Value)]) -> String {
    let lines: Vec<_> = edits.iter().map(edited).collect();
    lines.join("\n")
}

/// Returns the class of an edit of the document.
pub(crate) fn class(edit: impl FnOnce(&mut Value)) -> Class {
    let mut new = zoo();
    edit(&mut new);
    compare(&zoo(), &new).class()
}

fn lines(outcome: &Outcome) -> String {
    let text = print::text(outcome);
    let lines = text.lines().filter(|line| line.starts_with(['-', ' ']));
    let lines: String = lines.map(|line| format!("\n{line}")).collect();
    format!("{}{lines}", print::summary(outcome))
}

/// Returns a method of the document.
pub(crate) fn method<'a>(document: &'a mut Value, resource: &str, name: &str) -> &'a mut Value {
    &mut document["resources"][resource]["methods"][name]
}

pub(crate) fn remove(object: &mut Value, key: &str) {
    assert!(object.as_object_mut().unwrap().remove(key).is_some());
}

/// Renames a member.
pub(crate) fn rename(object: &mut Value, from: &str, to: &str) {
    object[to] = object[from].clone();
    remove(object, from);
}
