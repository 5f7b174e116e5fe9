//! How often a call was tried before it failed.

use std::fmt;

use crate::Error;

/// The last error of a call that was tried more than once; the
/// [source](std::error::Error::source) of the [`Error`] that the call ends with.
#[derive(Debug)]
pub struct AttemptsError {
    count: u32,
    last: Error,
}

impl AttemptsError {
    /// How many attempts were made.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The error of the last attempt.
    pub fn last(&self) -> &Error {
        &self.last
    }
}

impl fmt::Display for AttemptsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gave up after {} attempts: {}", self.count, self.last)
    }
}

impl std::error::Error for AttemptsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.last)
    }
}

/// The end of a call that might have succeeded if tried again.
///
/// If it was tried once only, its error says all there is to say.
pub(crate) fn exhausted(last: Error, count: u32) -> Error {
    if count <= 1 {
        return last;
    }
    Error::exhausted(AttemptsError { count, last })
}

/// The end of a call that another attempt would not help.
///
/// It stays an error of its kind: what a service reports is found where it is always found.
pub(crate) fn permanent(last: Error, count: u32) -> Error {
    match last.status() {
        Some(status) if count > 1 => Error::service_full(
            status.clone(),
            last.http_status_code(),
            last.http_headers().cloned(),
            Some(Box::new(AttemptsError { count, last })),
        ),
        _ => last,
    }
}
