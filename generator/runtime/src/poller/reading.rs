//! Reads what a service answers as an operation, whichever of the two kinds it is.

use google_cloud_rpc::model::Status;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Any, Operation, Result, error};

/// An operation as it came: what AIP-151 says of it, and all that the service sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) operation: Operation,
    pub(super) members: Map<String, Value>,
}

/// Reads an [AIP-151](https://google.aip.dev/151) operation, or one of the older kind that Compute
/// Engine and its like have: it ends with the `status` `DONE`, tells failure by `error`, and is its
/// own response.
pub(super) fn read(answer: Value) -> Result<Reading> {
    let Value::Object(members) = answer else {
        return Err(error::deserialization("of an operation: not a JSON object"));
    };
    let operation = if members.get("status").is_some_and(Value::is_string) {
        by_status(&members)?
    } else {
        Operation::deserialize(&members).map_err(error::deserialization)?
    };
    Ok(Reading { operation, members })
}

fn by_status(members: &Map<String, Value>) -> Result<Operation> {
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let done = text("status").as_deref() == Some("DONE");
    let error = members
        .get("error")
        .filter(|error| !error.is_null())
        .map(|error| status(members, error))
        .transpose()?;
    Ok(Operation {
        name: text("name").or_else(|| text("id")),
        done,
        response: (done && error.is_none()).then(|| Any::from(members.clone())),
        metadata: (!done).then(|| Any::from(members.clone())),
        error,
    })
}

/// The failure of an operation: a `google.rpc.Status`, or a list of errors beside an HTTP status.
fn status(members: &Map<String, Value>, error: &Value) -> Result<Status> {
    let Some(errors) = error.get("errors").and_then(Value::as_array) else {
        return Status::deserialize(error).map_err(error::deserialization);
    };
    let messages: Vec<String> = errors.iter().map(message).collect();
    let http = members.get("httpErrorStatusCode").and_then(Value::as_u64);
    let http = http.and_then(|code| u16::try_from(code).ok());
    Ok(Status::new()
        .set_code(error::code_of_http(http.unwrap_or_default()) as i32)
        .set_message(messages.join("; ")))
}

fn message(error: &Value) -> String {
    let member = |name: &str| error.get(name).and_then(Value::as_str);
    match (member("code"), member("message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => error.to_string(),
    }
}
