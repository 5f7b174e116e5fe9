//! The error of a call, from the error of its final attempt.

use google_cloud_gax::error::{Error, rpc::Status};
use http::HeaderMap;

use super::{
    attempts::{AttemptsError, End},
    connection, credentials,
    ext::find,
};

/// Returns the error of a call that gave up, though a retry might have succeeded.
///
/// After a single attempt it is the error of the attempt.
pub(crate) fn exhausted(last: Error, count: u32) -> Error {
    conclude(last, count, End::Exhausted)
}

/// Returns the error of a call that a retry would not help. It keeps the kind of the last error.
pub(crate) fn permanent(last: Error, count: u32) -> Error {
    conclude(last, count, End::Permanent)
}

/// Keeps the status that the service reported, whatever gave up.
fn conclude(last: Error, count: u32, end: End) -> Error {
    let wrapped = last.is_exhausted();
    if count <= 1 && !wrapped {
        return last;
    }
    if let Some((status, http, headers)) = reported(&last) {
        let source = AttemptsError::new(last, count, end);
        return Error::service_full(status, http, headers, Some(Box::new(source)));
    }
    if count <= 1 {
        return last;
    }
    let wrap = match end {
        End::Exhausted => Error::exhausted,
        End::Permanent => constructor(&last),
    };
    wrap(AttemptsError::new(last, count, end))
}

/// Returns the service's report, with HTTP status and headers. Policies wrap it if they give up.
fn reported(last: &Error) -> Option<(Status, Option<u16>, Option<HeaderMap>)> {
    let report = |error: &Error| {
        let headers = error.http_headers().cloned();
        Some((error.status()?.clone(), error.http_status_code(), headers))
    };
    match last.is_exhausted() {
        true => find(last, report),
        false => report(last),
    }
}

/// Returns the constructor of an error of the same kind.
fn constructor(error: &Error) -> fn(AttemptsError) -> Error {
    match error {
        error if error.is_timeout() => Error::timeout,
        error if error.is_deserialization() => Error::deser,
        error if error.is_serialization() => Error::ser,
        error if error.is_binding() => Error::binding,
        error if error.is_connect() => Error::connect,
        error if error.is_io() => Error::io,
        error if error.is_transport() => connection::unroutable,
        error if error.is_authentication() => credentials::no_token_after,
        _ => Error::exhausted,
    }
}
