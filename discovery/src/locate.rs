//! From JSON pointers to lines and columns.

mod walk;
mod wanted;

use std::ops::Range;

use serde_json::value::RawValue;

use walk::Walk;
use wanted::Wanted;

/// Where a value is in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line that it begins on, from one.
    pub line: usize,
    /// The character of that line that it begins with, from one.
    pub column: usize,
    /// The byte of the text that it begins with, from zero.
    pub offset: usize,
    /// Its length in bytes.
    pub len: usize,
}

/// Finds the value that an RFC 6901 JSON pointer leads to.
///
/// `None` if `text` is not JSON, or has no such value. Of members with the same name the last one
/// counts, as it does for [`Document::parse`](crate::Document::parse). The text is walked for every
/// call: [`locate_all`] walks it once for many pointers.
///
/// ```
/// let at = discovery::locate("{\n  \"id\": [1, 23]\n}", "/id/1").unwrap();
/// assert_eq!((at.line, at.column, at.offset, at.len), (2, 13, 14, 2));
/// ```
#[must_use]
pub fn locate(text: &str, pointer: &str) -> Option<Position> {
    locate_all(text, &[pointer]).into_iter().next().flatten()
}

/// Finds the values that RFC 6901 JSON pointers lead to, in their order, in one walk through the
/// text.
///
/// ```
/// let found = discovery::locate_all(r#"{"a": {"b": 1}}"#, &["/a/b", "/c", "/a"]);
/// let columns: Vec<_> = found.iter().map(|at| at.map(|at| at.column)).collect();
/// assert_eq!(columns, [Some(13), None, Some(7)]);
/// ```
#[must_use]
pub fn locate_all(text: &str, pointers: &[&str]) -> Vec<Option<Position>> {
    // The walk relies on the grammar.
    if serde_json::from_str::<&RawValue>(text).is_err() {
        return vec![None; pointers.len()];
    }
    let (mut wanted, nodes) = Wanted::new(pointers);
    Walk::new(text).run(&mut wanted);
    let found: Vec<_> = nodes
        .into_iter()
        .map(|node| wanted.found(node?).cloned())
        .collect();
    positions(text, &found)
}

/// The line and the column of a range.
pub(crate) fn position(text: &str, range: Range<usize>) -> Position {
    let (offset, len) = (range.start, range.len());
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    Position {
        line: 1 + before.bytes().filter(|byte| *byte == b'\n').count(),
        column: 1 + before.get(start..).unwrap_or_default().chars().count(),
        offset,
        len,
    }
}

/// Counts the lines and columns of all ranges in one pass, in the order of the text.
pub(crate) fn positions(text: &str, found: &[Option<Range<usize>>]) -> Vec<Option<Position>> {
    let mut order: Vec<_> = found
        .iter()
        .enumerate()
        .filter_map(|(index, range)| Some((index, range.clone()?)))
        .collect();
    order.sort_unstable_by_key(|(_, range)| range.start);
    let mut positions = vec![None; found.len()];
    let (mut line, mut column, mut counted) = (1, 1, 0);
    for (index, range) in order {
        let between = text.get(counted..range.start).unwrap_or_default();
        let last = match between.rfind('\n') {
            Some(end) => {
                line += between.bytes().filter(|byte| *byte == b'\n').count();
                column = 1;
                between.get(end + 1..).unwrap_or_default()
            }
            None => between,
        };
        column += last.chars().count();
        counted = range.start;
        if let Some(position) = positions.get_mut(index) {
            *position = Some(Position {
                line,
                column,
                offset: range.start,
                len: range.len(),
            });
        }
    }
    positions
}
