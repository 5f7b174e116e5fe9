//! Escapes untrusted text for display.

use std::fmt::{self, Write as _};

/// Displays a text with its [invisible](is_visible) characters escaped: they could deceive a reader,
/// or rewrite the contents of a terminal.
///
/// ```
/// let text = discovery::Printable("a\u{202e}b\u{1b}[2J");
/// assert_eq!(text.to_string(), r"a\u{202e}b\u{1b}[2J");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Printable<'a>(pub &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| {
            if is_visible(c) {
                f.write_char(c)
            } else {
                write!(f, "{}", c.escape_default())
            }
        })
    }
}

/// Returns whether a character shows where it is written: not a control character, and, by Unicode,
/// neither `Default_Ignorable_Code_Point` nor `Bidi_Control`, nor a separator of lines, nor an
/// interlinear annotation.
#[must_use]
pub fn is_visible(c: char) -> bool {
    let is_ignorable = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_control() && !is_ignorable
}
