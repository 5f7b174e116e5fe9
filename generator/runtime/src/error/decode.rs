//! Errors of responses that do not match the document.

use std::{error::Error as StdError, fmt};

use bytes::Bytes;
use http::StatusCode;

use google_cloud_gax::error::Error;

use super::{constructors::BoxError, excerpt::Excerpt, limits};

/// The error of a response that is not JSON of the method's type. It displays at most one value of
/// the response: the one that has the wrong type.
pub(super) struct DecodeError {
    method: &'static str,
    wanted: &'static str,
    source: BoxError,
    http_status: StatusCode,
    body: Bytes,
}

impl DecodeError {
    pub(super) fn http_status(&self) -> u16 {
        self.http_status.as_u16()
    }

    pub(super) fn bytes(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            wanted,
            source,
            body,
            ..
        } = self;
        let length = body.len();
        let source = source.to_string();
        let source = Excerpt(&source);
        write!(
            f,
            "of {method} (the call succeeded), {length} bytes, as {wanted}: {source}"
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("method", &self.method)
            .field("wanted", &self.wanted)
            .field("source", &self.source)
            .field("http_status", &self.http_status)
            .finish_non_exhaustive()
    }
}

// Its text has that of its source already.
impl StdError for DecodeError {}

/// Returns the error of a response that is not JSON of an `R`.
#[cold]
pub(crate) fn undecodable<R>(
    method: &'static str,
    source: serde_json::Error,
    http_status: StatusCode,
    body: Bytes,
) -> Error {
    let wanted = std::any::type_name::<R>();
    Error::deser(DecodeError {
        method,
        wanted,
        source: limits::source(source.into()),
        http_status,
        body,
    })
}
