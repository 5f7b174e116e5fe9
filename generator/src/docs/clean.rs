//! Which characters of a description reach a source file.

use std::borrow::Cow;

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
            _ if c.is_control() || is_invisible(c) => {}
            _ if c.is_whitespace() => clean.push(' '),
            _ => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

/// Format characters: soft hyphen, zero widths, bidirectional controls, annotations and tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a person sees the character where it is written.
pub(crate) fn is_visible(c: char) -> bool {
    !c.is_control() && !is_invisible(c) && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// A name or a value on one line, however it was meant; a blank for each character that is none.
pub(super) fn on_one_line(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            _ if c.is_control() || c.is_whitespace() => ' ',
            _ => c,
        })
        .collect()
}
