//! Errors of calls with several attempts.

use std::{error::Error as _, fmt};

use google_cloud_gax::error::Error;

/// The last error of a call with several attempts; the [source](std::error::Error::source) of the
/// [`Error`] that the call returns.
#[derive(Debug)]
pub struct AttemptsError {
    count: u32,
    last: Error,
    end: End,
}

/// The reason why there was no further attempt.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// The retry policy was exhausted.
    Exhausted,
    /// The error was permanent.
    Permanent,
}

impl AttemptsError {
    pub(super) fn new(last: Error, count: u32, end: End) -> Self {
        Self { count, last, end }
    }

    /// The number of attempts.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Returns whether the retry policy gave up, though a further attempt might have succeeded.
    pub fn is_exhausted(&self) -> bool {
        matches!(self.end, End::Exhausted)
    }

    /// The error of the last attempt.
    pub fn last(&self) -> &Error {
        &self.last
    }
}

impl fmt::Display for AttemptsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, last, end } = self;
        match (end, last.source()) {
            (End::Exhausted, _) => write!(f, "gave up after {count} attempts: {last}"),
            // The enclosing error is of the same kind, and starts with the same words.
            (End::Permanent, Some(cause)) if last.status().is_none() => {
                write!(f, "{cause}, in attempt {count}")
            }
            (End::Permanent, _) => write!(f, "{last}, in attempt {count}"),
        }
    }
}

impl std::error::Error for AttemptsError {
    /// Continues behind the causes that the text has already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let cause = self.last.source();
        match self.last.status() {
            Some(_) => cause,
            None => cause?.source(),
        }
    }
}
