//! Failures of operations.

use google_cloud_gax::error::rpc::Code;
use google_cloud_rpc::model::{ErrorInfo, Help, LocalizedMessage, Status};
use google_cloud_wkt::message::Message;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::error;

/// Decodes the failure of an operation with these members, if it failed: a `google.rpc.Status`, or a
/// list of errors, beside an HTTP status in operations of the older kind.
pub(super) fn of_members(members: &Map<String, Value>) -> Option<Status> {
    let http = members
        .get("httpErrorStatusCode")
        .and_then(error::http_of_json);
    let failure = members.get("error").filter(|failure| !is_unset(failure));
    let Some(failure) = failure else {
        let message = members.get("httpErrorMessage").and_then(Value::as_str);
        let status = Status::new().set_code(error::code_of_http(http?) as i32);
        return Some(status.set_message(message.unwrap_or("the operation failed")));
    };
    let mut status = status(failure);
    if status.code == Code::Unknown as i32
        && let Some(http) = http
    {
        status.code = error::code_of_http(http) as i32;
    }
    Some(status)
}

/// Decodes a failure, if the value is one. Its code is never `OK`, and its message never empty.
pub(super) fn of_value(failure: &Value) -> Option<Status> {
    (!is_unset(failure)).then(|| status(failure))
}

/// Returns whether the value says nothing. Some services send an empty `error` with a response.
fn is_unset(failure: &Value) -> bool {
    match failure {
        Value::Null => true,
        Value::Bool(_) => false,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty() || text == "0" || text == "OK",
        Value::Array(values) => values.iter().all(is_unset),
        Value::Object(members) => members.values().all(is_unset),
    }
}

/// Decodes a failure of any form.
fn status(failure: &Value) -> Status {
    let code = failure.get("code");
    let http = code.and_then(error::http_of_json);
    let code = code
        .and_then(error::code_of_json)
        .or_else(|| http.map(error::code_of_http))
        .unwrap_or(Code::Unknown);
    let errors = failure.get("errors").and_then(Value::as_array);
    let errors = errors.map(Vec::as_slice).unwrap_or_default();
    let messages: Vec<String> = errors.iter().map(message).collect();
    let own = text(failure, "message").unwrap_or_default().to_owned();
    let mut messages = [messages.join("; "), own].into_iter();
    let message = messages.find(|message| !message.is_empty());
    let details = failure.get("details").and_then(Value::as_array);
    let details = details.into_iter().flatten();
    // One that is not a `google.protobuf.Any` does not hide the rest.
    let details = details.filter_map(|detail| google_cloud_wkt::Any::deserialize(detail).ok());
    Status::new()
        .set_code(code as i32)
        .set_message(message.unwrap_or_else(|| failure.to_string()))
        .set_details(details.chain(errors.iter().flat_map(self::details)))
}

fn message(error: &Value) -> String {
    match (text(error, "code"), text(error, "message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => error.to_string(),
    }
}

/// Converts an element of `errors` to the details of [AIP-193](https://google.aip.dev/193): its
/// own `code`, `location` and `message`, then its `errorDetails`. In those of
/// [Compute Engine](https://docs.cloud.google.com/compute/docs/reference/rest/v1/globalOperations)
/// a member has the type.
fn details(error: &Value) -> Vec<google_cloud_wkt::Any> {
    let mut info = ErrorInfo::new().set_reason(text(error, "code").unwrap_or_default());
    for name in ["location", "message"] {
        if let Some(value) = text(error, name) {
            info.metadata.insert(name.to_owned(), value.to_owned());
        }
    }
    let further = error.get("errorDetails").and_then(Value::as_array);
    let further = further.into_iter().flatten().flat_map(|detail| {
        let info = detail.get("errorInfo").map(|info| {
            let mut info = info.clone();
            // The name in operations of the older kind.
            if let Some(metadata) = info.get_mut("metadatas").map(Value::take) {
                info["metadata"] = metadata;
            }
            info
        });
        let help = detail.get("help");
        let localized = detail.get("localizedMessage");
        [
            info.as_ref().and_then(typed::<ErrorInfo>),
            help.and_then(typed::<Help>),
            localized.and_then(typed::<LocalizedMessage>),
        ]
    });
    let own = google_cloud_wkt::Any::from_msg(&info).ok();
    std::iter::once(own).chain(further).flatten().collect()
}

fn typed<T: DeserializeOwned + Serialize + Message>(
    value: &Value,
) -> Option<google_cloud_wkt::Any> {
    google_cloud_wkt::Any::from_msg(&T::deserialize(value).ok()?).ok()
}

fn text<'a>(error: &'a Value, name: &str) -> Option<&'a str> {
    error.get(name).and_then(Value::as_str)
}
