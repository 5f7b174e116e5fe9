//! Lists of problems.

use std::fmt;

use crate::problem::{KEPT, Problem, Severity, Source};

/// All problems of a document, in the order in which they were found.
///
/// The first 1000 errors and the first 1000 warnings are kept; the rest are only counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<Problem>,
    errors: usize,
    warnings: usize,
}

impl Problems {
    /// Adds an error at a place, with a remedy.
    pub(crate) fn error(
        &mut self,
        at: impl fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Problem::error(at, message).with_help(help));
    }

    /// Adds a warning at a place, with a remedy.
    pub(crate) fn warning(
        &mut self,
        at: impl fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Problem::warning(at, message).with_help(help));
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

    /// Returns whether there are neither errors nor warnings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }

    /// Returns the number of problems, including those that were only counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.errors + self.warnings
    }

    /// Returns whether there is an error, so that the document cannot be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Returns the problems that were kept, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.kept.iter()
    }

    /// Returns `value` and the warnings, or all problems if one of them is an error.
    ///
    /// # Errors
    ///
    /// Returns `self` if it [has errors](Self::has_errors).
    pub fn into_result<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok((value, self))
        }
    }

    /// Assigns every problem without a known text to one by its pointer.
    pub(crate) fn attribute(&mut self, source: impl Fn(&str) -> Source) {
        for problem in &mut self.kept {
            // A problem with a position has been assigned already.
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
        let mut all = Self::default();
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
