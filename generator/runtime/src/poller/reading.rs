//! Reads what a service answers as an operation, whichever of the two kinds it is.

use super::failure;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    any::Any,
    error::{self, Result},
    poller::operation::Operation,
};

/// An operation as it came: what AIP-151 says of it, and all that the service sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) operation: Operation,
    pub(super) members: Map<String, Value>,
}

/// Reads an [AIP-151](https://google.aip.dev/151) operation, or one of the older kind that Compute
/// Engine and its like have: it ends with the `status` `DONE`, tells failure by `error`, and is its
/// own metadata and response.
pub(super) fn read(answer: Value) -> Result<Reading> {
    let Value::Object(members) = answer else {
        return Err(error::deserialization("of an operation: not a JSON object"));
    };
    let operation = if members.get("status").is_some_and(Value::is_string) {
        by_status(&members)
    } else {
        Operation::deserialize(&members).map_err(error::deserialization)?
    };
    Ok(Reading { operation, members })
}

impl From<Operation> for Reading {
    fn from(operation: Operation) -> Self {
        Self {
            operation,
            members: Map::new(),
        }
    }
}

fn by_status(members: &Map<String, Value>) -> Operation {
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let done = text("status").as_deref() == Some("DONE");
    let error = members
        .get("error")
        .filter(|error| !error.is_null())
        .map(|error| failure::status(members, error));
    Operation {
        name: text("name").or_else(|| text("id")),
        done,
        response: (done && error.is_none()).then(|| Any::from(members.clone())),
        metadata: Some(Any::from(members.clone())),
        error,
    }
}
