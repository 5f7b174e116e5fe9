//! How often a call was tried before it failed.

use std::{error::Error as _, fmt};

use google_cloud_gax::error::Error;

/// The last error of a call that was tried more than once; the
/// [source](std::error::Error::source) of the [`Error`] that the call ends with.
#[derive(Debug)]
pub struct AttemptsError {
    count: u32,
    last: Error,
    end: End,
}

/// Why no further attempt was made.
#[derive(Clone, Copy, Debug)]
enum End {
    /// There were enough.
    Exhausted,
    /// It would not have helped.
    Permanent,
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
        let Self { count, last, end } = self;
        match (end, last.source()) {
            (End::Exhausted, _) => write!(f, "gave up after {count} attempts: {last}"),
            // Within an error of the same kind, which begins as the last one does.
            (End::Permanent, Some(cause)) if last.status().is_none() => {
                write!(f, "{cause}, in attempt {count}")
            }
            (End::Permanent, _) => write!(f, "{last}, in attempt {count}"),
        }
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
    Error::exhausted(attempts(last, count, End::Exhausted))
}

/// The end of a call that another attempt would not help.
///
/// It stays an error of its kind: what a service reports is found where it is always found.
pub(crate) fn permanent(last: Error, count: u32) -> Error {
    if count <= 1 {
        return last;
    }
    if let Some(status) = last.status().cloned() {
        let (http, headers) = (last.http_status_code(), last.http_headers().cloned());
        let source = attempts(last, count, End::Permanent);
        return Error::service_full(status, http, headers, Some(Box::new(source)));
    }
    let wrap: fn(AttemptsError) -> Error = match &last {
        last if last.is_timeout() => Error::timeout,
        last if last.is_deserialization() => Error::deser,
        last if last.is_serialization() => Error::ser,
        last if last.is_binding() => Error::binding,
        last if last.is_connect() => Error::connect,
        last if last.is_io() => Error::io,
        last if last.is_transport() => super::connection::unroutable,
        last if last.is_authentication() => super::credentials::no_token_after,
        _ => return Error::exhausted(attempts(last, count, End::Permanent)),
    };
    wrap(attempts(last, count, End::Permanent))
}

fn attempts(last: Error, count: u32, end: End) -> AttemptsError {
    AttemptsError { count, last, end }
}
