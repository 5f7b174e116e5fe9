//! The packages of a run as a table and as JSON, the gravest change first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::codegen::{Outcome, Refused, Summary};
use crate::message::{Message, printable, shown};
use crate::release::{Status, VersionBump};

/// The longest text of the last column, in characters.
const WIDTH: usize = 120;

/// The row of one package or of one refused document.
struct Row {
    name: String,
    from: String,
    to: String,
    class: String,
    line: String,
    /// The order of rows, the highest first.
    rank: u8,
}

/// Returns a line for each package that is new, changed or refused, and the totals by class.
pub(super) fn table(outcome: &Outcome) -> String {
    let rows: Vec<_> = rows(outcome).into_iter().filter(Row::is_news).collect();
    let width = |column: fn(&Row) -> &String| {
        let widths = rows.iter().map(|row| column(row).chars().count());
        widths.max().unwrap_or_default()
    };
    let (name, from) = (width(|row| &row.name), width(|row| &row.from));
    let (to, class) = (width(|row| &row.to), width(|row| &row.class));
    let mut text = String::new();
    for row in &rows {
        let line = format!(
            "{:name$}  {:from$}  {:to$}  {:class$}  {}",
            row.name,
            row.from,
            row.to,
            row.class,
            shortened(&row.line)
        );
        let _ = writeln!(text, "{}", printable(line.trim_end()));
    }
    let _ = writeln!(text, "{}total", if rows.is_empty() { "" } else { "\n" });
    for (class, count) in totals(outcome) {
        let _ = writeln!(text, "{class:15}{count:>6}");
    }
    text.push('\n');
    text
}

/// Returns all packages and refused documents, with the number of files.
pub fn json(outcome: &Outcome) -> String {
    let packages = outcome.packages.iter().map(package);
    let refused = outcome.refused.iter().map(|refused| {
        let lines = refused.messages.iter().map(|message| message.line(false));
        json!({
            "document": shown(&refused.document),
            "messages": lines.collect::<Vec<_>>(),
        })
    });
    let value = json!({
        "packages": packages.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
        "total": totals(outcome),
        "files": {
            "written": outcome.diff.written().len(),
            "unchanged": outcome.unchanged(),
            "removed": outcome.diff.stale.len(),
        },
    });
    format!("{value:#}\n")
}

fn package(package: &Summary) -> Value {
    let row = Row::of_package(package);
    json!({
        "package": row.name,
        "from": row.from,
        "to": row.to,
        "class": row.class,
        "gravest": row.line,
        "methods": package.methods,
        "types": package.types,
        "files": package.files,
        "only": package.only,
    })
}

fn rows(outcome: &Outcome) -> Vec<Row> {
    let packages = outcome.packages.iter().map(Row::of_package);
    let refused = outcome.refused.iter().map(Row::of_refused);
    let mut rows: Vec<_> = packages.chain(refused).collect();
    rows.sort_by(|a, b| (Reverse(a.rank), &a.name).cmp(&(Reverse(b.rank), &b.name)));
    rows
}

impl Row {
    fn of_package(package: &Summary) -> Self {
        let row = |class: &str, rank| Self {
            name: package.name.clone(),
            from: String::new(),
            to: String::new(),
            class: class.to_owned(),
            line: String::new(),
            rank,
        };
        match &package.status {
            Status::Current => row("unchanged", 0),
            Status::OnlyRevision => row("revision", 1),
            Status::New(version) => Self {
                to: version.to_string(),
                ..row("new", 10)
            },
            Status::Bumped(bump) => {
                let VersionBump {
                    from, to, class, ..
                } = bump;
                Self {
                    from: from.to_string(),
                    to: to.to_string(),
                    line: bump.gravest.clone(),
                    ..row(&class.to_string(), 10 + class.exit_code())
                }
            }
        }
    }

    fn of_refused(refused: &Refused) -> Self {
        let mut errors = refused.messages.iter().filter(|message| message.is_error());
        let text = errors.next().map(Message::to_string).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        Self {
            name: shown(&refused.document),
            from: String::new(),
            to: String::new(),
            class: "refused".to_owned(),
            line: line.trim_start_matches("error: ").to_owned(),
            rank: u8::MAX,
        }
    }

    /// Returns whether the package differs from the one before.
    fn is_news(&self) -> bool {
        self.rank > 1
    }
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// Returns the number of packages and refused documents by class.
fn totals(outcome: &Outcome) -> BTreeMap<String, usize> {
    let mut totals = BTreeMap::new();
    for row in rows(outcome) {
        *totals.entry(row.class).or_default() += 1;
    }
    totals
}
