//! Decodes operations of both kinds.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{failure, operation::Operation};
use crate::{
    error::{self, Result},
    json::any::Any,
};

/// The state of an operation: the members of AIP-151, and all members that the service sent.
#[derive(Clone, Debug, Default)]
pub(super) struct OperationSnapshot {
    pub(super) operation: Operation,
    pub(super) members: Map<String, Value>,
}

/// Decodes an [AIP-151](https://google.aip.dev/151) operation, or one of the older kind, as in Compute
/// Engine: it ends with the `status` `DONE`, reports failure in `error`, and is its own metadata and
/// response.
pub(super) fn decode(response: Value) -> Result<OperationSnapshot> {
    let Value::Object(members) = response else {
        return Err(error::deserialization("of an operation: not a JSON object"));
    };
    let operation = if members.get("status").is_some_and(Value::is_string) {
        by_status(&members)
    } else {
        Operation::deserialize(&members).map_err(error::deserialization)?
    };
    Ok(OperationSnapshot { operation, members })
}

impl From<Operation> for OperationSnapshot {
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
        ..Operation::default()
    }
}
