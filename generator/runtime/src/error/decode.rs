//! Responses that are not what the document says.

use std::{error::Error as StdError, fmt};

use bytes::Bytes;

use crate::Error;

/// A response that is not JSON of the method's type. It does not show the response, which may hold
/// what is secret.
pub(super) struct DecodeError {
    method: &'static str,
    wanted: &'static str,
    source: serde_json::Error,
    body: Bytes,
}

impl DecodeError {
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
        } = self;
        let length = body.len();
        write!(f, "of {method}, {length} bytes, as {wanted}: {source}")
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("method", &self.method)
            .field("wanted", &self.wanted)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

/// The error of a response that is not JSON of an `R`.
pub(crate) fn undecodable<R>(
    method: &'static str,
    source: serde_json::Error,
    body: Bytes,
) -> Error {
    let wanted = std::any::type_name::<R>();
    Error::deser(DecodeError {
        method,
        wanted,
        source,
        body,
    })
}
