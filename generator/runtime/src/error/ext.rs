//! Further accessors of errors.

use std::{error::Error as StdError, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::error::{Error, rpc::Status};

use super::{
    attempts::AttemptsError, decode::DecodeError, invalid::InvalidRequest, payload::ErrorPayload,
};

/// Accessors that see through the attempts of a call, where those of [`Error`] see the outermost
/// error only.
pub trait ErrorExt {
    /// The number of attempts at the call: zero if the request could not be sent as it was.
    fn attempts(&self) -> u32;

    /// Returns whether the call gave up after several attempts, though a further one might have succeeded.
    ///
    /// [`Error::is_exhausted`] is false if the last attempt ended with a status of the service, since the
    /// error then has that [`status`](Error::status).
    fn is_retry_exhausted(&self) -> bool;

    /// The status that the service reported, in the last attempt if there were several.
    fn reported_status(&self) -> Option<&Status>;

    /// The HTTP status of the last reply, whether it was an error or could not be decoded.
    fn reported_http_status(&self) -> Option<u16>;

    /// The bytes of the last reply, whether it was an error or could not be decoded.
    fn payload(&self) -> Option<&Bytes>;

    /// Returns whether the resource no longer has the `etag` of
    /// [`with_if_match`](crate::RequestBuilderExt::with_if_match): HTTP status 412.
    fn is_precondition_failed(&self) -> bool {
        self.reported_http_status() == Some(412)
    }

    /// Returns whether the resource still has the `etag` of
    /// [`with_if_none_match`](crate::RequestBuilderExt::with_if_none_match): HTTP status 304.
    fn is_not_modified(&self) -> bool {
        self.reported_http_status() == Some(304)
    }
}

impl ErrorExt for Error {
    fn attempts(&self) -> u32 {
        let counted = find(self, |error: &AttemptsError| Some(error.count()));
        let refused = || find(self, |_: &InvalidRequest| Some(0));
        // The body could not be written.
        let unwritten = || find(self, |_: &Arc<serde_json::Error>| Some(0));
        counted.or_else(refused).or_else(unwritten).unwrap_or(1)
    }

    fn is_retry_exhausted(&self) -> bool {
        let gave_up = |error: &AttemptsError| error.is_exhausted().then_some(());
        self.is_exhausted() || find(self, gave_up).is_some()
    }

    fn reported_status(&self) -> Option<&Status> {
        find(self, Self::status)
    }

    fn reported_http_status(&self) -> Option<u16> {
        find(self, Self::http_status_code)
            .or_else(|| find(self, |error: &DecodeError| Some(error.http_status())))
    }

    fn payload(&self) -> Option<&Bytes> {
        find(self, |error: &ErrorPayload| Some(error.bytes()))
            .or_else(|| find(self, |error: &DecodeError| Some(error.bytes())))
            .or_else(|| find(self, Self::http_payload))
    }
}

/// Searches an error and its sources for an `E` that yields an answer.
pub(super) fn find<'a, E: StdError + 'static, T>(
    error: &'a Error,
    answer: impl Fn(&'a E) -> Option<T>,
) -> Option<T> {
    let mut next: Option<&'a (dyn StdError + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>().and_then(&answer) {
            return Some(found);
        }
        next = match error.downcast_ref::<AttemptsError>() {
            Some(attempts) => Some(attempts.last()),
            None => error.source(),
        };
    }
    None
}
