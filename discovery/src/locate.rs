//! From JSON pointers to positions.

use crate::position::positions;
use crate::{Position, json};

/// Finds the value that an RFC 6901 JSON pointer leads to.
///
/// `None` if [`Document::parse`](crate::Document::parse) cannot read `text`, or the text has no
/// such value. Of members with the same name the last one counts. Every call reads the text:
/// [`locate_all`] reads it once for many pointers.
///
/// ```
/// let at = discovery::locate("{\n  \"id\": [1, 23]\n}", "/id/1").unwrap();
/// assert_eq!((at.line, at.column, at.offset, at.len), (2, 13, 14, 2));
/// ```
#[must_use]
pub fn locate(text: &str, pointer: &str) -> Option<Position> {
    locate_all(text, &[pointer]).into_iter().next().flatten()
}

/// Finds the values that RFC 6901 JSON pointers lead to, in their order.
///
/// ```
/// let found = discovery::locate_all(r#"{"a": {"b": 1}}"#, &["/a/b", "/c", "/a"]);
/// let columns: Vec<_> = found.iter().map(|at| at.map(|at| at.column)).collect();
/// assert_eq!(columns, [Some(13), None, Some(7)]);
/// ```
#[must_use]
pub fn locate_all(text: &str, pointers: &[&str]) -> Vec<Option<Position>> {
    let Ok(json) = json::read(text) else {
        return vec![None; pointers.len()];
    };
    let nodes = pointers.iter().map(|pointer| json.root.find(pointer));
    let spans: Vec<_> = nodes.map(|node| Some(node?.span.clone())).collect();
    positions(text, &spans)
}
