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
    let operation = if is_older(&members) {
        by_status(&members)
    } else {
        Operation::deserialize(&members).map_err(error::deserialization)?
    };
    Ok(OperationSnapshot {
        operation: concluded(operation),
        members,
    })
}

impl From<Operation> for OperationSnapshot {
    fn from(operation: Operation) -> Self {
        let members = match serde_json::to_value(&operation) {
            Ok(Value::Object(members)) => members,
            _ => Map::new(),
        };
        Self {
            operation: concluded(operation),
            members,
        }
    }
}

/// Returns whether an operation is of the older kind. Others may have a `status` of their own.
fn is_older(members: &Map<String, Value>) -> bool {
    let has = |name| {
        members
            .get(name)
            .is_some_and(|value: &Value| !value.is_null())
    };
    members.get("status").is_some_and(Value::is_string)
        && !["done", "metadata", "response"].into_iter().any(has)
}

fn by_status(members: &Map<String, Value>) -> Operation {
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let done = text("status").as_deref() == Some("DONE");
    let error = failure::of_members(members);
    Operation {
        name: text("name").or_else(|| text("id")),
        done,
        response: (done && error.is_none()).then(|| Any::from(members.clone())),
        metadata: Some(Any::from(members.clone())),
        error,
        ..Operation::default()
    }
}

/// Returns the operation with `done` set if its later state could not be requested: it has no name, but a
/// result.
fn concluded(mut operation: Operation) -> Operation {
    let name = operation.name.as_deref().unwrap_or_default();
    operation.done |=
        name.is_empty() && (operation.response.is_some() || operation.error.is_some());
    operation
}
