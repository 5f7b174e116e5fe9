//! Patterns of parameters.

use std::sync::OnceLock;

use regex_lite::Regex;

/// The `pattern` of a parameter: a regular expression that the whole value has to match. It is
/// compiled on first use.
///
/// Documents anchor most patterns but not all, and some of the unanchored ones hold a `|`, so the
/// expression is always matched as `^(?:pattern)$`. A pattern finds mistakes early; it is not a
/// safety check: `[^/]+` matches `..`, `?` and line breaks.
pub struct Pattern {
    source: &'static str,
    matcher: OnceLock<Matcher>,
}

/// A compiled pattern.
#[derive(Debug)]
enum Matcher {
    /// Words and `[^/]+` (`None`) between slashes, as in nineteen of twenty patterns.
    Segments(Vec<Option<&'static str>>),
    Regex(Regex),
    /// For a pattern that does not compile.
    Anything,
}

impl Pattern {
    /// A pattern by its text in the document.
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            matcher: OnceLock::new(),
        }
    }

    /// The text of the pattern in the document.
    pub const fn as_str(&self) -> &'static str {
        self.source
    }

    /// Returns whether all of `value` matches.
    ///
    /// A pattern that does not compile matches everything, which leaves the check to the service.
    pub fn matches(&self, value: &str) -> bool {
        match self.matcher.get_or_init(|| Matcher::new(self.source)) {
            Matcher::Segments(segments) => {
                let mut values = value.as_bytes().split(|byte| *byte == b'/');
                let mut segments = segments.iter();
                let fits = |value: &[u8], word: &Option<&str>| match word {
                    Some(word) => value == word.as_bytes(),
                    None => !value.is_empty(),
                };
                segments.all(|word| values.next().is_some_and(|value| fits(value, word)))
                    && values.next().is_none()
            }
            Matcher::Regex(regex) => regex.is_match(value),
            Matcher::Anything => true,
        }
    }
}

impl Matcher {
    fn new(source: &'static str) -> Self {
        if let Some(segments) = segments(source) {
            return Self::Segments(segments);
        }
        match Regex::new(&format!("^(?:{source})$")) {
            Ok(regex) => Self::Regex(regex),
            Err(_) => Self::Anything,
        }
    }
}

/// Returns the segments of a pattern that consists of words and `[^/]+`.
fn segments(source: &'static str) -> Option<Vec<Option<&'static str>>> {
    let source = source.strip_prefix('^').unwrap_or(source);
    let mut rest = source.strip_suffix('$').unwrap_or(source);
    let mut segments = Vec::new();
    loop {
        let (segment, after) = match rest.strip_prefix("[^/]+") {
            Some(after) => (None, after),
            None => {
                let (word, after) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                if !is_word(word) {
                    return None;
                }
                (Some(word), after)
            }
        };
        segments.push(segment);
        match after.strip_prefix('/') {
            Some(after) => rest = after,
            None => return after.is_empty().then_some(segments),
        }
    }
}

/// Returns whether a regular expression matches its own text and nothing else.
fn is_word(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_plain)
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_value_has_to_match() {
        let unanchored = Pattern::new("a|b/[^/]+");
        assert!(unanchored.matches("a"));
        assert!(unanchored.matches("b/1"));
        assert!(!unanchored.matches("xa"));
        assert!(!unanchored.matches("b/1/2"));

        let anchored = Pattern::new("^accounts/[^/]+$");
        assert!(anchored.matches("accounts/1"));
        assert!(!anchored.matches("accounts/1/apps"));
        assert!(!anchored.matches("accounts/"));
    }

    /// Both ways of matching agree with the regular expression.
    #[test]
    fn segments_are_a_regular_expression() {
        let patterns = [
            "^accounts/[^/]+/apps/[^/]+$",
            "accounts/[^/]+/apps/[^/]+",
            "^[^/]+$",
            "[^/]+/x-1_Z",
            "^accounts/.*$",
            "accounts/[^/]+x",
            "a.c/[^/]+",
            "^a|b/[^/]+$",
            "a//[^/]+",
            "[^/]+/",
            "",
        ];
        let values = [
            "",
            "/",
            "a",
            "abc/1",
            "a.c/1",
            "accounts/1/apps/2",
            "accounts/1/apps/2/",
            "accounts/1/apps/",
            "accounts//apps/2",
            "Accounts/1/apps/2",
            "accounts/\n/apps/..",
            "accounts/é/apps/日",
            "y/x-1_Z",
            "accounts/1x",
            "b/1",
            "a//1",
            "1/",
        ];
        for source in patterns {
            let pattern = Pattern::new(source);
            let regex = Regex::new(&format!("^(?:{source})$")).unwrap();
            for value in values {
                let context = format!("{source} {value:?}");
                assert_eq!(pattern.matches(value), regex.is_match(value), "{context}");
            }
        }
        assert!(segments(patterns[0]).is_some() && segments(patterns[4]).is_none());
    }

    #[test]
    fn a_line_break_at_the_end_is_not_let_through() {
        assert!(!Pattern::new("^[a-z]+$").matches("a\n"));
        assert!(!Pattern::new(r"^[\w.-]+$").matches("a\n"));
    }

    #[test]
    fn a_pattern_that_does_not_compile_refuses_nothing() {
        assert!(Pattern::new("(").matches("anything"));
    }
}
