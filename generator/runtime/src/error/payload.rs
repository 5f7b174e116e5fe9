//! Decodes the errors that services report, in each of their forms.
//!
//! [AIP-193](https://google.aip.dev/193) describes one form, but older services list `errors`,
//! streaming methods wrap the object in an array, gateways to gRPC send a bare `google.rpc.Status`,
//! token endpoints send a string, and proxies send HTML or nothing. The HTTP status, the headers and the
//! bytes are kept for all of them.

use std::fmt;

use bytes::Bytes;
use google_cloud_gax::error::{
    Error,
    rpc::{Code, Status, StatusDetails},
};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::{codes, invalid::excerpt, limits};

/// The members of a `google.rpc.Status`, with those that some gateways add.
const STATUS: [&str; 5] = ["code", "details", "error", "message", "status"];

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
        reported.into_status(Some(status)),
        Some(status.as_u16()),
        Some(headers),
        Some(Box::new(ErrorPayload { body })),
    )
}

/// Returns the error that a streaming method sends in place of a message, if the element is one: an
/// object with the only member `error`, or a bare `google.rpc.Status`. Messages of the method have the
/// fields that it `knows`.
pub(crate) fn from_element(
    element: &Map<String, Value>,
    body: &Bytes,
    knows: impl Fn(&str) -> bool,
) -> Option<Error> {
    let is_own = |error: &Value| knows("error") && !error.as_object().is_some_and(is_http_error);
    let is_bare = || {
        let mut names = element.keys().map(String::as_str);
        is_status(element) && names.all(|name| STATUS.contains(&name) && !knows(name))
    };
    let is_error = match element.get("error") {
        Some(error) if element.len() == 1 => !is_own(error),
        _ => is_bare(),
    };
    let reported = is_error.then(|| from_object(element)).flatten()?;
    let payload = ErrorPayload { body: body.clone() };
    Some(Error::service_full(
        reported.into_status(None),
        None,
        None,
        Some(Box::new(payload)),
    ))
}

/// An error, as a body reports it.
#[derive(Default)]
struct Reported {
    code: Option<Code>,
    /// The HTTP status in the body.
    http: Option<u16>,
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

    /// Returns the status of a reply, or of an element of a stream, whose HTTP status says nothing.
    fn into_status(self, reply: Option<StatusCode>) -> Status {
        let http = reply.map(|status| status.as_u16()).or(self.http);
        let code = self.code.or_else(|| Some(codes::code_of_http(http?)));
        let code = code.unwrap_or(Code::Unknown);
        let message = match (self.message.is_empty(), reply) {
            (false, _) => limits::text(self.message),
            (true, Some(status)) => status.to_string(),
            (true, None) => code.name().to_owned(),
        };
        Status::default()
            .set_code(code)
            .set_message(message)
            .set_details(limits::details(self.details))
    }
}

fn reported(body: &[u8]) -> Option<Reported> {
    match serde_json::from_slice(body).ok()? {
        Value::Array(replies) => replies
            .iter()
            .find_map(|reply| from_object(reply.as_object()?)),
        json => from_object(json.as_object()?),
    }
}

/// Decodes an object with a member `error`, or a bare `google.rpc.Status`.
fn from_object(object: &Map<String, Value>) -> Option<Reported> {
    match object.get("error") {
        Some(Value::Object(error)) => Some(from_error(error)),
        _ if is_status(object) => Some(from_error(object)),
        Some(Value::String(error)) => Some(from_text(error, object)),
        _ => None,
    }
}

/// Returns whether an object is a `google.rpc.Status` itself, as gateways to gRPC send it.
fn is_status(object: &Map<String, Value>) -> bool {
    let is_code =
        |code: &Value| codes::of_json(code).is_some() || codes::http_of_json(code).is_some();
    object.get("code").is_some_and(is_code) && object.get("message").is_some_and(Value::is_string)
}

/// Returns whether the error is one of [AIP-193](https://google.aip.dev/193).
fn is_http_error(error: &Map<String, Value>) -> bool {
    error.get("code").and_then(codes::http_of_json).is_some()
        && error.get("message").is_some_and(Value::is_string)
}

/// Decodes the object of [AIP-193](https://google.aip.dev/193), the older one with `errors`, a
/// `google.rpc.Status`, or a mixture.
fn from_error(error: &Map<String, Value>) -> Reported {
    let names = ["status", "code", "grpc_code"].iter();
    let statuses = ["code", "http_code"].iter();
    let message = error.get("message").and_then(Value::as_str);
    let mut details: Vec<StatusDetails> = list(error, "details").filter_map(detail).collect();
    if details.is_empty() {
        details = list(error, "errors").filter_map(older_detail).collect();
    }
    Reported {
        code: names
            .filter_map(|name| error.get(*name))
            .find_map(codes::of_json),
        http: statuses
            .filter_map(|name| error.get(*name))
            .find_map(codes::http_of_json),
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
