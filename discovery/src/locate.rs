//! From a JSON pointer to a line and a column.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::pointer::unescape;

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
/// `None` if `text` is not JSON, or has no such value. The text is walked again for every call, so
/// this is for messages.
///
/// ```
/// let at = discovery::locate("{\n  \"id\": [1, 23]\n}", "/id/1").unwrap();
/// assert_eq!((at.line, at.column, at.offset, at.len), (2, 13, 14, 2));
/// ```
#[must_use]
pub fn locate(text: &str, pointer: &str) -> Option<Position> {
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    if !pointer.is_empty() {
        for token in pointer.strip_prefix('/')?.split('/') {
            value = member(value, &unescape(token))?;
        }
    }
    // A raw value is a part of the text that it was borrowed from.
    let offset = value
        .get()
        .as_ptr()
        .addr()
        .checked_sub(text.as_ptr().addr())?;
    let before = text.get(..offset)?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Some(Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..)?.chars().count() + 1,
        offset,
        len: value.get().len(),
    })
}

fn member<'t>(value: &'t RawValue, token: &str) -> Option<&'t RawValue> {
    if value.get().starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
        return elements.get(token.parse::<usize>().ok()?).copied();
    }
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
    members.get(token).copied()
}
