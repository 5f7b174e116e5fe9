//! The error of a call, from the error of its final attempt.

use google_cloud_gax::error::Error;

use super::{
    attempts::{AttemptsError, End},
    connection, credentials,
};

/// Returns the error of a call that gave up, though a retry might have succeeded.
///
/// After a single attempt it is the error of the attempt.
pub(crate) fn exhausted(last: Error, count: u32) -> Error {
    if count <= 1 {
        return last;
    }
    Error::exhausted(AttemptsError::new(last, count, End::Exhausted))
}

/// Returns the error of a call that a retry would not help.
///
/// It keeps the kind of the last error, and the status that the service reported.
pub(crate) fn permanent(last: Error, count: u32) -> Error {
    if count <= 1 {
        return last;
    }
    if let Some(status) = last.status().cloned() {
        let (http, headers) = (last.http_status_code(), last.http_headers().cloned());
        let source = AttemptsError::new(last, count, End::Permanent);
        return Error::service_full(status, http, headers, Some(Box::new(source)));
    }
    let wrap: fn(AttemptsError) -> Error = match &last {
        last if last.is_timeout() => Error::timeout,
        last if last.is_deserialization() => Error::deser,
        last if last.is_serialization() => Error::ser,
        last if last.is_binding() => Error::binding,
        last if last.is_connect() => Error::connect,
        last if last.is_io() => Error::io,
        last if last.is_transport() => connection::unroutable,
        last if last.is_authentication() => credentials::no_token_after,
        _ => return Error::exhausted(AttemptsError::new(last, count, End::Permanent)),
    };
    wrap(AttemptsError::new(last, count, End::Permanent))
}
