//! What is wrong with a document, and where.

use std::fmt;

use crate::{Position, Printable};

/// How many problems of one severity [`Problems`] keeps. The rest are counted: a hostile document
/// can have millions, and nobody reads them.
pub(crate) const KEPT: usize = 1000;

/// How many characters of a document's text a message quotes.
const QUOTED: usize = 80;

/// Whether a problem prevents the use of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document can be used; something in it deserves a look.
    Warning,
    /// The document cannot be used.
    Error,
}

/// Which of the two texts given to [`Document::parse`](crate::Document::parse) has the problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Source {
    /// The document as published.
    #[default]
    Document,
    /// The overlay that corrects it.
    Overlay,
}

/// One problem, with its place.
///
/// Displays as `error: /schemas/Report: message`, followed by a line of help if there is one.
/// What has a [position](Self::position) of its own displays it: `error: 3:14: message`. Characters
/// that nobody sees, which only a hostile document has, are escaped: see [`Printable`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Whether it prevents the use of the document.
    pub severity: Severity,
    /// The text that has it.
    pub source: Source,
    /// Its place in that text, an RFC 6901 JSON pointer. The root is the empty string.
    pub pointer: String,
    /// Where it is, if no pointer leads there: in text that is not JSON, or of members with the same
    /// name not the last one.
    pub position: Option<Position>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem that prevents the use of the document.
    pub fn error(pointer: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, pointer, message)
    }

    /// A problem that leaves the document usable.
    pub fn warning(pointer: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, pointer, message)
    }

    /// The same problem, with what to do about it.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// The same problem, in another text.
    #[must_use]
    pub fn with_source(self, source: Source) -> Self {
        Self { source, ..self }
    }

    /// The same problem, at a place that no pointer leads to.
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

/// All that is wrong with a document, in the order in which it was found.
///
/// The first 1000 errors and the first 1000 warnings are kept; the rest are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<Problem>,
    errors: usize,
    warnings: usize,
}

impl Problems {
    /// No problem yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            kept: Vec::new(),
            errors: 0,
            warnings: 0,
        }
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        let seen = match problem.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *seen += 1;
        if *seen <= KEPT {
            self.kept.push(problem);
        }
    }

    /// Whether there is no problem at all, not even a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }

    /// How many problems there are, with those that were counted only.
    #[must_use]
    pub fn len(&self) -> usize {
        self.errors + self.warnings
    }

    /// Whether the document cannot be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// The problems that were kept, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.kept.iter()
    }

    /// `value` and the warnings, or all the problems if one of them is an error.
    ///
    /// # Errors
    ///
    /// `self`, if it [has errors](Self::has_errors).
    pub fn into_result<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok((value, self))
        }
    }

    /// Asks for every problem that is not known to be the overlay's which text has it.
    pub(crate) fn attribute(&mut self, source: impl Fn(&str) -> Source) {
        for problem in &mut self.kept {
            // A position is in the text that it was found in.
            if problem.source == Source::Document && problem.position.is_none() {
                problem.source = source(&problem.pointer);
            }
        }
    }
}

impl fmt::Display for Problems {
    /// Prints every problem, separated by empty lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.kept.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{problem}")?;
        }
        match self.len() - self.kept.len() {
            0 => Ok(()),
            more => write!(f, "\n\n{more} more, not shown"),
        }
    }
}

impl std::error::Error for Problems {}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self::from_iter([problem])
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        let mut all = Self::new();
        all.extend(problems);
        all
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Text of a document in backticks, cut short where it is long.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
