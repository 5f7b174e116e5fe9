//! Tables for people: aligned columns, the gravest row first, and the totals by class.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::message::printable;

/// The longest text of the last column, in characters.
const WIDTH: usize = 120;

/// A row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The order of rows: the highest first, and equals by their cells.
    pub(crate) rank: u8,
    /// The columns that are aligned, the class last.
    pub(crate) cells: Vec<String>,
    /// The last column.
    pub(crate) text: String,
}

/// Returns the rows in their order, and then the number of items by class.
pub(crate) fn table(mut rows: Vec<Row>, totals: &BTreeMap<String, usize>) -> String {
    rows.sort_by(|a, b| (Reverse(a.rank), &a.cells).cmp(&(Reverse(b.rank), &b.cells)));
    let mut widths = Vec::new();
    for row in &rows {
        widths.resize(widths.len().max(row.cells.len()), 0);
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in &rows {
        let cells = row.cells.iter().zip(&widths);
        let cells = cells.map(|(cell, width)| format!("{cell:width$}  "));
        let line = cells.collect::<String>() + &shortened(&row.text);
        let _ = writeln!(text, "{}", printable(line.trim_end()));
    }
    let _ = writeln!(text, "{}total", if rows.is_empty() { "" } else { "\n" });
    for (class, count) in totals {
        let _ = writeln!(text, "{class:15}{count:>6}");
    }
    text
}

/// Returns the number of items in each class.
pub(crate) fn totals(classes: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut totals = BTreeMap::new();
    for class in classes {
        *totals.entry(class).or_default() += 1;
    }
    totals
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
