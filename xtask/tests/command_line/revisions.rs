//! Later revisions of the document.

use serde_json::{Value, json};

use crate::sandbox::DOCUMENT;

/// The next revision of the document.
pub(crate) fn later(edit: impl FnOnce(&mut Value)) -> String {
    revision("20260202", edit)
}

/// A revision of the document.
pub(crate) fn revision(revision: &str, edit: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
    document["revision"] = revision.into();
    edit(&mut document);
    format!("{document:#}")
}

/// An addition.
pub(crate) fn add_field(document: &mut Value) {
    let size = json!({"type": "integer", "format": "int32"});
    document["schemas"]["Thing"]["properties"]["size"] = size;
}

/// A breaking change.
pub(crate) fn rename_field(document: &mut Value) {
    document["schemas"]["Thing"]["properties"] = json!({"title": {"type": "string"}});
}
