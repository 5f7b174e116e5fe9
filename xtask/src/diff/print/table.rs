//! The comparison of two folders as a table, and as JSON.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::lines;
use crate::diff::Outcome;
use crate::diff::folders::{Comparison, Folders};
use crate::message::{Message, printable};

/// The longest text of the last column, in characters.
const WIDTH: usize = 120;

/// Returns a line for each document that changed, the gravest first, and the totals.
pub fn table(folders: &Folders) -> String {
    let mut rows: Vec<_> = folders.documents.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (Reverse(row.rank), row.name));
    let mut text = String::new();
    let name = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let revisions = rows.iter().map(|row| row.revisions.len());
    let revisions = revisions.max().unwrap_or(0);
    for row in &rows {
        let line = format!(
            "{:name$}  {:revisions$}  {:13}  {}",
            row.name, row.revisions, row.class, row.line
        );
        let _ = writeln!(text, "{}", printable(line.trim_end()));
    }
    let _ = writeln!(text, "{}total", if rows.is_empty() { "" } else { "\n" });
    for (class, count) in totals(folders) {
        let _ = writeln!(text, "{class:15}{count:>6}");
    }
    text
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

struct Row<'a> {
    name: &'a str,
    revisions: String,
    class: String,
    line: String,
    rank: u8,
}

fn row<'a>((name, comparison): (&'a String, &'a Comparison)) -> Option<Row<'a>> {
    let (revisions, line, rank) = match comparison {
        Comparison::Identical => return None,
        Comparison::Added => (String::new(), String::new(), 1),
        Comparison::Removed => (String::new(), String::new(), 2),
        Comparison::Refused(messages) => (String::new(), first_error(messages), u8::MAX),
        Comparison::Compared(outcome) => {
            let Outcome { old, new, .. } = &**outcome;
            let revisions = format!("{} -> {}", old.revision, new.revision);
            let line = lines::gravest(&outcome.changes);
            (revisions, line, outcome.class().exit_code())
        }
    };
    Some(Row {
        name,
        revisions,
        class: word(comparison),
        line: shortened(&line),
        rank,
    })
}

fn first_error(messages: &[Message]) -> String {
    let errors = messages.iter().filter(|message| message.is_error());
    let mut lines = errors.map(|message| message.line(false));
    let first = lines.next().unwrap_or_default();
    first.lines().next().unwrap_or_default().to_owned()
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
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
    let mut totals = BTreeMap::new();
    for comparison in folders.documents.values() {
        *totals.entry(word(comparison)).or_default() += 1;
    }
    totals
}
