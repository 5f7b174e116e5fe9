//! Text of a server, shortened for an error message.

use std::fmt;

/// The longest text that is shown whole, in bytes.
const LONGEST: usize = 400;

/// Displays the beginning and the end of a long text.
pub(crate) struct Excerpt<'a>(pub(crate) &'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        if text.len() <= LONGEST {
            return f.write_str(text);
        }
        let begin = text.get(..text.floor_char_boundary(LONGEST / 2));
        let end = text.get(text.ceil_char_boundary(text.len() - LONGEST / 4)..);
        let (begin, end) = (begin.unwrap_or_default(), end.unwrap_or_default());
        let length = text.len();
        write!(f, "{begin} … ({length} bytes) … {end}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_long_text_is_left_out() {
        assert_eq!(Excerpt("short").to_string(), "short");
        let long = format!("a{}z", "ü".repeat(10_000_000));
        let shown = Excerpt(&long).to_string();
        assert!(shown.starts_with("aü") && shown.ends_with("üz"), "{shown}");
        assert!(shown.contains("… (20000002 bytes) …"), "{shown}");
        assert!(shown.len() < LONGEST, "{shown}");
    }
}
