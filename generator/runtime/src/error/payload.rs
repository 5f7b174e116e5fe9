//! Reads the errors that services report, in every shape in which they do.
//!
//! [AIP-193](https://google.aip.dev/193) describes one shape, but older services list `errors`,
//! streaming methods wrap the object in an array, token endpoints send a string, and proxies send
//! HTML or nothing. None of them may hide the HTTP status, the headers or the bytes.

use std::fmt;

use bytes::Bytes;
use google_cloud_gax::error::rpc::{Code, Status, StatusDetails};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::invalid::excerpt;
use google_cloud_gax::error::Error;

/// The longest message of a service that an error repeats, in characters. The payload has it whole.
const MESSAGE: usize = 4096;

/// The bytes of an error that a service reported; the
/// [source](std::error::Error::source) of an [`Error`] that has a [`status`](Error::status).
#[derive(Clone, PartialEq, Eq)]
pub struct ErrorPayload {
    body: Bytes,
}

impl ErrorPayload {
    /// The body of the reply, as it came.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for ErrorPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service replied {}", excerpt(&self.body))
    }
}

impl fmt::Debug for ErrorPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrorPayload({})", excerpt(&self.body))
    }
}

impl std::error::Error for ErrorPayload {}

/// The error of a reply whose status is not 2xx.
///
/// Whatever its body says, or if that says nothing, it is the service's: a proxy speaks for it, and
/// the `google.rpc.Code` follows from the status.
pub(crate) fn from_reply(status: StatusCode, headers: HeaderMap, body: Bytes) -> Error {
    let reported = reported(&body).unwrap_or_else(|| Reported::unknown(status, &body));
    Error::service_full(
        reported.into_status(status),
        Some(status.as_u16()),
        Some(headers),
        Some(Box::new(ErrorPayload { body })),
    )
}

/// What a body says about an error.
#[derive(Default)]
struct Reported {
    code: Option<Code>,
    message: String,
    details: Vec<StatusDetails>,
}

impl Reported {
    /// What there is to say of a body of another kind.
    fn unknown(http: StatusCode, body: &[u8]) -> Self {
        let message = match body {
            [] => String::new(),
            _ => format!("{http}: {}", excerpt(body)),
        };
        Self {
            message,
            ..Self::default()
        }
    }

    fn into_status(self, http: StatusCode) -> Status {
        let mut message = self.message;
        if message.is_empty() {
            message = http.to_string();
        } else if let Some((end, _)) = message.char_indices().nth(MESSAGE) {
            let length = message.len();
            message.truncate(end);
            message.push_str(&format!("... ({length} bytes)"));
        }
        Status::default()
            .set_code(self.code.unwrap_or_else(|| code_of(http)))
            .set_message(message)
            .set_details(self.details)
    }
}

fn reported(body: &[u8]) -> Option<Reported> {
    let json: Value = serde_json::from_slice(body).ok()?;
    let object = match &json {
        Value::Array(replies) => replies.iter().find_map(Value::as_object)?,
        _ => json.as_object()?,
    };
    match object.get("error")? {
        Value::Object(error) => Some(from_object(error)),
        Value::String(error) => Some(from_text(error, object)),
        _ => None,
    }
}

/// [AIP-193](https://google.aip.dev/193)'s object, or the older one with `errors`, or both at once.
fn from_object(error: &Map<String, Value>) -> Reported {
    let code = error
        .get("status")
        .and_then(Value::as_str)
        .and_then(|name| Code::try_from(name).ok());
    let message = error.get("message").and_then(Value::as_str);
    let mut details: Vec<StatusDetails> = list(error, "details").filter_map(detail).collect();
    if details.is_empty() {
        details = list(error, "errors").filter_map(older_detail).collect();
    }
    Reported {
        code,
        message: message.unwrap_or_default().to_owned(),
        details,
    }
}

/// `{"error": "invalid_grant", "error_description": ".."}`, as
/// [RFC 6749, section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2) has it.
fn from_text(error: &str, object: &Map<String, Value>) -> Reported {
    let message = match object.get("error_description").and_then(Value::as_str) {
        Some(description) => format!("{error}: {description}"),
        None => error.to_owned(),
    };
    Reported {
        message,
        ..Reported::default()
    }
}

fn list<'a>(object: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Value> {
    object
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// A detail of a known type, or any other. What is neither is in the payload still.
fn detail(json: &Value) -> Option<StatusDetails> {
    serde_json::from_value(json.clone()).ok()
}

/// `{"domain", "reason", "message", ..}` as the `google.rpc.ErrorInfo` that replaced it.
fn older_detail(json: &Value) -> Option<StatusDetails> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut info = google_cloud_rpc::model::ErrorInfo::new();
    for (name, value) in json.as_object()? {
        match name.as_str() {
            "reason" => info.reason = text(value),
            "domain" => info.domain = text(value),
            _ => {
                info.metadata.insert(name.clone(), text(value));
            }
        }
    }
    Some(StatusDetails::ErrorInfo(info))
}

/// The `google.rpc.Code` of an HTTP status: the inverse of the table in
/// [`code.proto`](https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto).
/// Where several codes share a status the least specific is taken.
pub(super) fn code_of(status: StatusCode) -> Code {
    match status.as_u16() {
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
