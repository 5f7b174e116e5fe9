//! The mapping between `google.rpc.Code` and HTTP status.

use google_cloud_gax::error::rpc::Code;
use serde_json::Value;

/// The last of the codes.
const MAX_CODE: i64 = Code::Unauthenticated as i64;

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

/// Decodes a `google.rpc.Code`, by its name or its number, other than `OK`.
pub(crate) fn of_json(value: &Value) -> Option<Code> {
    let code = match number(value) {
        Some(number @ 1..=MAX_CODE) => Code::from(i32::try_from(number).ok()?),
        Some(_) => return None,
        None => Code::try_from(value.as_str()?).ok()?,
    };
    (code != Code::Ok).then_some(code)
}

/// Decodes the HTTP status of an error.
pub(crate) fn http_of_json(value: &Value) -> Option<u16> {
    let status = u16::try_from(number(value)?).ok()?;
    (400..600).contains(&status).then_some(status)
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}
