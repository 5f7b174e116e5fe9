//! The mapping between `google.rpc.Code` and HTTP status.

use google_cloud_gax::error::rpc::Code;

/// Returns the HTTP status of a `google.rpc.Code`, by the table in
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

/// Returns the `google.rpc.Code` of an HTTP status: the inverse of the table in
/// [`code.proto`](https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto).
/// The least specific code is returned for a status that several share.
pub(crate) fn code_of_http(status: u16) -> Code {
    match status {
        400 => Code::InvalidArgument,
        401 => Code::Unauthenticated,
        403 => Code::PermissionDenied,
        404 => Code::NotFound,
        409 => Code::Aborted,
        429 => Code::ResourceExhausted,
        499 => Code::Cancelled,
        500 => Code::Internal,
        501 => Code::Unimplemented,
        503 => Code::Unavailable,
        504 => Code::DeadlineExceeded,
        _ => Code::Unknown,
    }
}
