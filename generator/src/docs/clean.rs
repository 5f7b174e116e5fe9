//! Which characters of a description reach a source file.

use std::borrow::Cow;

pub(crate) use discovery::is_visible;

/// The text without control, zero-width and bidirectional characters, every blank a space or a
/// newline.
///
/// What cannot be seen can still deceive who reads the source; rustc denies some of it in comments.
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

/// A name or a value on one line, however it was meant; a blank for each character that is none.
pub(super) fn on_one_line(text: &str) -> String {
    let shown = |c: char| match c {
        _ if c.is_control() || c.is_whitespace() => Some(' '),
        _ => is_visible(c).then_some(c),
    };
    text.chars().filter_map(shown).collect()
}
