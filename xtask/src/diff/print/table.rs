//! The comparison of two folders as a table, and as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::lines;
use crate::diff::folders::{Comparison, Folders};
use crate::message::first_error;
use crate::table::{self, Row};

/// Returns a line for each document that changed, the gravest first, and the totals.
pub fn table(folders: &Folders) -> String {
    let rows = folders.documents.iter().filter_map(row).collect();
    table::table(rows, &totals(folders))
}

/// Returns the outcomes of all documents that changed, and the totals.
pub fn folders_json(folders: &Folders) -> String {
    let documents = folders.documents.iter();
    let documents = documents.filter_map(|(name, comparison)| {
        let value = match comparison {
            Comparison::Identical => return None,
            Comparison::Compared(outcome) => super::json::value(outcome),
            Comparison::Refused(messages) => {
                let lines: Vec<_> = messages.iter().map(|message| message.line(false)).collect();
                json!({"class": word(comparison), "errors": lines})
            }
            Comparison::Added | Comparison::Removed => json!({"class": word(comparison)}),
        };
        Some((name.clone(), value))
    });
    let documents: BTreeMap<String, Value> = documents.collect();
    let value = json!({"documents": documents, "total": totals(folders)});
    format!("{value:#}\n")
}

fn row((name, comparison): (&String, &Comparison)) -> Option<Row> {
    let (revisions, text, rank) = match comparison {
        Comparison::Identical => return None,
        Comparison::Added => (String::new(), String::new(), 1),
        Comparison::Removed => (String::new(), String::new(), 2),
        Comparison::Refused(messages) => (String::new(), first_error(messages), u8::MAX),
        Comparison::Compared(outcome) => {
            let revisions = format!("{} -> {}", outcome.old.revision, outcome.new.revision);
            let line = lines::gravest(&outcome.changes);
            (revisions, line, outcome.class().exit_code())
        }
    };
    Some(Row {
        rank,
        cells: vec![name.clone(), revisions, word(comparison)],
        text,
    })
}

fn word(comparison: &Comparison) -> String {
    match comparison {
        Comparison::Added => "added".to_owned(),
        Comparison::Removed => "removed".to_owned(),
        Comparison::Identical => "identical".to_owned(),
        Comparison::Compared(outcome) => outcome.class().to_string(),
        Comparison::Refused(_) => "refused".to_owned(),
    }
}

/// Returns the number of documents by class.
fn totals(folders: &Folders) -> BTreeMap<String, usize> {
    table::totals(folders.documents.values().map(word))
}
