//! Requests that are refused before they are sent.

use std::fmt;

/// The longest excerpt of a value in a message, in characters.
const EXCERPT: usize = 80;

/// A request that cannot be sent; the [source](std::error::Error::source) of the
/// [`Error`](crate::Error) that `send` returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    method: &'static str,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A value that breaks a rule.
    Value {
        parameter: &'static str,
        value: String,
        rule: Rule,
    },
    /// A header with a value that cannot be sent.
    Header { name: &'static str, value: String },
    /// Any other problem, in words.
    Other(String),
}

/// A rule for the value of a path parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    NotEmpty,
    NoDotSegment,
    Matches(&'static str),
}

impl InvalidRequest {
    pub(crate) fn new(method: &'static str, problem: Problem) -> Self {
        Self { method, problem }
    }

    /// The id of the method.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The parameter at fault, if any.
    pub fn parameter(&self) -> Option<&'static str> {
        match &self.problem {
            Problem::Value { parameter, .. } => Some(parameter),
            Problem::Header { .. } | Problem::Other(_) => None,
        }
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.method, self.problem)
    }
}

impl std::error::Error for InvalidRequest {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value {
                parameter,
                value,
                rule,
            } => write!(f, "parameter `{parameter}` {rule}, got {}", excerpt(value)),
            Self::Header { name, value } if value.trim().is_empty() => {
                write!(f, "header `{name}` must not be empty")
            }
            Self::Header { name, value } => write!(
                f,
                "header `{name}` must be visible ASCII without line breaks, got {}",
                excerpt(value)
            ),
            Self::Other(message) => f.write_str(message),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty => f.write_str("must not be empty"),
            Self::NoDotSegment => f.write_str("must not have a segment `.` or `..`"),
            Self::Matches(pattern) => write!(f, "must match `{pattern}`"),
        }
    }
}

/// Formats a value for a message: quoted, escaped and cut to a readable length.
pub(crate) fn excerpt(value: impl AsRef<[u8]>) -> String {
    let value = value.as_ref();
    // A character has at most four bytes, and the last one may be cut.
    let beginning = value.get(..4 * (EXCERPT + 1)).unwrap_or(value);
    let text = String::from_utf8_lossy(beginning);
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{:?}... ({} bytes)", &text[..end], value.len()),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_or_strange_value_is_cut_and_escaped() {
        assert_eq!(excerpt("a\n\u{0}b"), r#""a\n\0b""#);
        let long = "é".repeat(100);
        let shown = excerpt(&long);
        assert_eq!(shown, format!("\"{}\"... (200 bytes)", "é".repeat(80)));
        let longest = "🦀".repeat(1000);
        let shown = excerpt(&longest);
        assert_eq!(shown, format!("\"{}\"... (4000 bytes)", "🦀".repeat(80)));
        assert_eq!(excerpt([b'a', 0xff]), "\"a\u{fffd}\"");
    }
}
