//! Changes as Markdown for people, and as JSON for programs.

mod groups;
mod json;
mod lines;
mod sections;
mod short;
mod table;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::{Class, Outcome};
use crate::message::printable;
pub use json::json;
pub(crate) use lines::gravest;
pub(crate) use sections::brief;
pub use table::{folders_json, table};

/// Returns the changes, with a heading for each class.
pub fn text(outcome: &Outcome) -> String {
    let Outcome { old, new, .. } = outcome;
    let names = if old.name == new.name {
        old.name.clone()
    } else {
        format!("{} -> {}", old.name, new.name)
    };
    let revisions = if old.revision == new.revision {
        format!("revision {}", old.revision)
    } else {
        format!("revision {} -> {}", old.revision, new.revision)
    };
    let head = printable(&format!("{names}, {revisions}: {}", summary(outcome)));
    let mut text = head + "\n";
    for (title, lines) in sections::all(&outcome.changes) {
        let _ = write!(text, "\n{title}\n\n{lines}");
    }
    text
}

/// Returns the gravest class; or, if the API is the same, whether anything else differs.
pub fn summary(outcome: &Outcome) -> String {
    match (outcome.class(), outcome.code_differs) {
        (Class::Same, true) => "the API is the same, the code behind it is not".to_owned(),
        (Class::Same, false) if outcome.old.revision != outcome.new.revision => {
            "nothing but the revision".to_owned()
        }
        (Class::Same, false) => "no difference".to_owned(),
        (class, _) => class.to_string(),
    }
}
