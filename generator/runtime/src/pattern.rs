//! The `pattern` that a document gives for a parameter.

use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression that a whole parameter value has to match, compiled on first use.
///
/// Documents anchor most patterns but not all, and some of the unanchored ones hold a `|`, so the
/// expression is always matched as `^(?:pattern)$`. A pattern is a courtesy to the caller, not a
/// safety check: `[^/]+` admits `..`, `?` and line breaks.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern as the document writes it.
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as the document writes it.
    pub const fn as_str(&self) -> &'static str {
        self.source
    }

    /// Whether the whole of `value` matches.
    ///
    /// A pattern that does not compile matches everything: the service will judge the value.
    pub fn matches(&self, value: &str) -> bool {
        self.compiled
            .get_or_init(|| Regex::new(&format!("^(?:{})$", self.source)).ok())
            .as_ref()
            .is_none_or(|regex| regex.is_match(value))
    }
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
