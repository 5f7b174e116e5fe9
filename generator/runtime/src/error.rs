//! Makes [`google_cloud_gax::error::Error`]s of what services and connections report.
//!
//! The only module that calls that crate's hidden constructors, so that a change of theirs is a
//! change of one place.

mod attempts;
mod connection;
mod credentials;
mod decode;
mod ext;
pub(crate) mod invalid;
mod media;
mod operation;
mod payload;

use std::error::Error as StdError;

use google_cloud_gax::error::{CredentialsError, rpc::Code};

use invalid::InvalidRequest;

pub use attempts::AttemptsError;
pub(crate) use attempts::{exhausted, permanent};
pub(crate) use connection::{connection, redirected};
pub(crate) use credentials::{broken_credentials, no_credentials, no_token};
pub(crate) use decode::undecodable;
pub use ext::ErrorExt;
pub use google_cloud_gax::error::Error;
pub(crate) use media::{broken, media, session_lost};
pub use operation::OperationError;
pub(crate) use operation::{
    cannot_cancel, operation, operation_deadline, operation_failed, unreachable_operation,
};
pub use payload::ErrorPayload;
pub(crate) use payload::from_reply;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type BoxError = Box<dyn StdError + Send + Sync>;

pub(crate) fn invalid_request(problem: InvalidRequest) -> Error {
    Error::binding(problem)
}

pub(crate) fn configuration(message: impl Into<BoxError>) -> Error {
    Error::binding(message)
}

pub(crate) fn serialization(source: impl Into<BoxError>) -> Error {
    Error::ser(source)
}

pub(crate) fn deserialization(source: impl Into<BoxError>) -> Error {
    Error::deser(source)
}

pub(crate) fn authentication(source: CredentialsError) -> Error {
    Error::authentication(source)
}

/// The HTTP status of a `google.rpc.Code`, by the table in
/// [`code.proto`](https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto).
pub(crate) fn http_of_code(code: Code) -> u16 {
    match code {
        Code::Ok => 200,
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => 400,
        Code::Unauthenticated => 401,
        Code::PermissionDenied => 403,
        Code::NotFound => 404,
        Code::AlreadyExists | Code::Aborted => 409,
        Code::ResourceExhausted => 429,
        Code::Cancelled => 499,
        Code::Unimplemented => 501,
        Code::Unavailable => 503,
        Code::DeadlineExceeded => 504,
        _ => 500,
    }
}

/// The `google.rpc.Code` of an HTTP status, `UNKNOWN` for one that is none.
pub(crate) fn code_of_http(status: u16) -> Code {
    http::StatusCode::from_u16(status).map_or(Code::Unknown, payload::code_of)
}

/// A list that would never end.
pub(crate) fn repeated_page_token(token: &str) -> Error {
    let token = invalid::excerpt(token);
    Error::deser(format!(
        "of a list: the service sent the page token {token} twice"
    ))
}

/// An attempt that took longer than it may.
pub(crate) fn timeout(limit: std::time::Duration) -> Error {
    Error::timeout(format!("of {limit:?}"))
}
