//! Failures of operations of the older kind.

use google_cloud_rpc::model::{ErrorInfo, Help, LocalizedMessage, Status};
use google_cloud_wkt::message::Message;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{error, json::status};

/// Decodes the failure of an operation: a `google.rpc.Status`, or a list of errors beside an HTTP
/// status. A value of another form is a failure as well.
pub(super) fn status(members: &Map<String, Value>, failure: &Value) -> Status {
    let Some(errors) = failure.get("errors").and_then(Value::as_array) else {
        return status::decode(failure);
    };
    let messages: Vec<String> = errors.iter().map(message).collect();
    let http = members.get("httpErrorStatusCode").and_then(Value::as_u64);
    let http = http.and_then(|code| u16::try_from(code).ok());
    Status::new()
        .set_code(error::code_of_http(http.unwrap_or_default()) as i32)
        .set_message(messages.join("; "))
        .set_details(errors.iter().flat_map(details))
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
