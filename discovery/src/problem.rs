//! Problems of a document, with their places.

use std::fmt;

use crate::{Position, Printable};

/// The number of problems of one severity that [`Problems`] keeps. The rest are only counted: a
/// hostile document can have millions, and nobody reads them.
pub(crate) const KEPT: usize = 1000;

/// The number of characters of a document that a message quotes.
const QUOTED: usize = 80;

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document can be used, but something in it should be checked.
    Warning,
    /// The document cannot be used.
    Error,
}

/// One of the two texts given to [`Document::parse`](crate::Document::parse).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Source {
    /// The document as published.
    #[default]
    Document,
    /// The overlay that corrects it.
    Overlay,
}

/// A problem, with its place.
///
/// Displays as `error: /schemas/Report: message`, followed by a line of help if there is one.
/// A [position](Self::position) at the root is displayed: `error: 3:14: message`. Invisible
/// characters are escaped: see [`Printable`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Its severity.
    pub severity: Severity,
    /// The text that has it.
    pub source: Source,
    /// Its place in that text, an RFC 6901 JSON pointer. The root is the empty string.
    pub pointer: String,
    /// Its position, if no pointer leads there: in text that is not JSON, or at a duplicated key.
    pub position: Option<Position>,
    /// A description in one sentence without a full stop.
    pub message: String,
    /// A remedy.
    pub help: Option<String>,
}

impl Problem {
    /// Creates a problem that prevents the use of the document.
    pub fn error(pointer: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, pointer, message)
    }

    /// Creates a problem that leaves the document usable.
    pub fn warning(pointer: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, pointer, message)
    }

    /// Returns the problem with a remedy.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// Returns the problem, assigned to another text.
    #[must_use]
    pub fn with_source(self, source: Source) -> Self {
        Self { source, ..self }
    }

    /// Returns the problem, at a place that no pointer leads to.
    pub(crate) fn with_position(self, position: Position) -> Self {
        Self {
            position: Some(position),
            ..self
        }
    }

    fn new(severity: Severity, pointer: impl fmt::Display, message: impl Into<String>) -> Self {
        Self {
            severity,
            source: Source::Document,
            pointer: pointer.to_string(),
            position: None,
            message: message.into(),
            help: None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.severity {
            Severity::Warning => "warning: ",
            Severity::Error => "error: ",
        })?;
        let place = match self.position {
            Some(Position { line, column, .. }) if self.pointer.is_empty() => {
                format!("{line}:{column}")
            }
            _ => self.pointer.clone(),
        };
        match (self.source, place.as_str()) {
            (Source::Document, "") => {}
            (Source::Document, place) => write!(f, "{}: ", Printable(place))?,
            (Source::Overlay, "") => f.write_str("overlay: ")?,
            (Source::Overlay, place) => write!(f, "overlay {}: ", Printable(place))?,
        }
        write!(f, "{}", Printable(&self.message))?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {}", Printable(help)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// Returns text of a document in backticks, shortened if it is long.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
