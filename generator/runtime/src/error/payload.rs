//! Decodes the errors that services report, in each of their forms.
//!
//! [AIP-193](https://google.aip.dev/193) describes one form, but older services list `errors`,
//! streaming methods wrap the object in an array, token endpoints send a string, and proxies send
//! HTML or nothing. The HTTP status, the headers and the bytes are kept for all of them.

use std::fmt;

use bytes::Bytes;
use google_cloud_gax::error::{
    Error,
    rpc::{Code, Status, StatusDetails},
};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::{codes, invalid::excerpt};

/// The longest message of a service in an error, in characters. The payload is complete.
const MESSAGE: usize = 4096;

/// The bytes of an error that a service reported; the
/// [source](std::error::Error::source) of an [`Error`] that has a [`status`](Error::status).
#[derive(Clone, PartialEq, Eq)]
pub struct ErrorPayload {
    body: Bytes,
}

impl ErrorPayload {
    /// The body of the reply.
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

/// Returns the error of a reply whose status is not 2xx.
///
/// It is a service error whatever the body is: a proxy replies on behalf of the service, and the
/// `google.rpc.Code` then follows from the status.
pub(crate) fn from_reply(status: StatusCode, headers: HeaderMap, body: Bytes) -> Error {
    let reported = reported(&body).unwrap_or_else(|| Reported::unknown(status, &body));
    Error::service_full(
        reported.into_status(status),
        Some(status.as_u16()),
        Some(headers),
        Some(Box::new(ErrorPayload { body })),
    )
}

/// An error, as a body reports it.
#[derive(Default)]
struct Reported {
    code: Option<Code>,
    message: String,
    details: Vec<StatusDetails>,
}

impl Reported {
    /// The error of a body of another form.
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
            .set_code(
                self.code
                    .unwrap_or_else(|| codes::code_of_http(http.as_u16())),
            )
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

/// Decodes the object of [AIP-193](https://google.aip.dev/193), the older one with `errors`, or a
/// mixture.
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

/// Decodes `{"error": "invalid_grant", "error_description": ".."}`, the form of
/// [RFC 6749, section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
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

/// Decodes a detail. One that cannot be decoded remains in the payload.
fn detail(json: &Value) -> Option<StatusDetails> {
    serde_json::from_value(json.clone()).ok()
}

/// Converts `{"domain", "reason", "message", ..}` to `google.rpc.ErrorInfo`, which replaced it.
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
