//! Removes characters of a description that must not reach a source file.

use std::borrow::Cow;

pub(crate) use discovery::is_visible;

/// Returns the text without control, zero-width and bidirectional characters, and with every blank
/// as a space or a newline.
///
/// Invisible characters can deceive a reader of the source; rustc denies some of them in comments.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text
        .bytes()
        .all(|b| b == b'\n' || (b' '..=b'~').contains(&b))
    {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\r' if chars.peek() != Some(&'\n') => clean.push('\n'),
            '\t' => clean.push_str("    "),
            _ if !is_visible(c) => {}
            _ if c.is_whitespace() => clean.push(' '),
            _ => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

/// Returns a name or a value on one line, with a space for each control or blank character.
pub(super) fn on_one_line(text: &str) -> String {
    let shown = |c: char| match c {
        _ if c.is_control() || c.is_whitespace() => Some(' '),
        _ => is_visible(c).then_some(c),
    };
    text.chars().filter_map(shown).collect()
}
