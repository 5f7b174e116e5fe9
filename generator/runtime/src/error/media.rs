//! Errors of uploads and downloads.

use super::BoxError;
use google_cloud_gax::error::rpc::{Code, Status};

use crate::media::MediaError;
use google_cloud_gax::error::Error;

/// What the service did with media, or the service with what was asked.
pub(crate) fn media(error: MediaError) -> Error {
    match error {
        MediaError::NotRewindable { .. } => Error::ser(error),
        _ => Error::deser(error),
    }
}

/// An upload whose session the service does not know. The reply is kept.
pub(crate) fn session_lost(reply: &Error, stored: u64) -> Error {
    let error = MediaError::SessionLost { stored };
    let code = match reply.status() {
        Some(status) => status.code,
        None => Code::NotFound,
    };
    let status = Status::default()
        .set_code(code)
        .set_message(error.to_string());
    let headers = reply.http_headers().cloned();
    Error::service_full(
        status,
        reply.http_status_code(),
        headers,
        Some(Box::new(error)),
    )
}

/// A connection over which less came than was promised.
pub(crate) fn broken(source: impl Into<BoxError>) -> Error {
    Error::io(source)
}
