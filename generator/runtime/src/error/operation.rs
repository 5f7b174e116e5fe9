//! Errors of long-running operations.

use std::{error::Error as StdError, fmt, time::Duration};

use google_cloud_gax::error::{
    Error,
    rpc::{Code, Status},
};
use serde_json::{Map, Value};

use super::{invalid, limits};

/// A failed operation, complete; the [source](std::error::Error::source) of the [`Error`] that it
/// ended with.
///
/// ```
/// use discovery_runtime::{Error, OperationError, Value};
///
/// /// Returns the target of a failed operation of Compute Engine.
/// fn target(error: &Error) -> Option<&Value> {
///     let source = std::error::Error::source(error)?;
///     source.downcast_ref::<OperationError>()?.members().get("targetLink")
/// }
/// ```
#[derive(Clone, PartialEq)]
pub struct OperationError {
    members: Map<String, Value>,
}

impl OperationError {
    /// The operation as the service sent it.
    pub fn members(&self) -> &Map<String, Value> {
        &self.members
    }
}

impl fmt::Display for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = ["name", "id"].iter().find_map(|key| self.members.get(*key));
        write!(f, "{} failed", called(name.and_then(Value::as_str)))
    }
}

/// Shows the names of the members, since their values may be long.
impl fmt::Debug for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.members.keys().map(String::as_str).collect();
        write!(
            f,
            "OperationError({self}; members {})",
            invalid::excerpt(names.join(", "))
        )
    }
}

impl StdError for OperationError {}

/// Returns an error about an operation that the service did not report.
pub(crate) fn operation(message: impl Into<String>) -> Error {
    Error::deser(limits::text(format!(
        "of an operation: it {}",
        message.into()
    )))
}

/// Returns the error that an operation ended with.
pub(crate) fn operation_failed(
    status: &google_cloud_rpc::model::Status,
    members: Map<String, Value>,
) -> Error {
    let source = OperationError { members };
    let mut status = Status::from(status);
    status.message = limits::text(status.message);
    status.details = limits::details(status.details);
    Error::service_full(status, None, None, Some(Box::new(source)))
}

/// Returns the error of an operation that did not end in time.
pub(crate) fn operation_deadline(name: Option<&str>, allowed: Duration) -> Error {
    Error::timeout(match name {
        Some(_) => format!("of {allowed:?} for {}, which goes on", called(name)),
        None => format!("of {allowed:?} for an operation that never reported its state"),
    })
}

/// Returns the error of an operation that no method of the document gets.
pub(crate) fn unreachable_operation(name: Option<&str>) -> Error {
    let message = format!("this API has no method that gets {}", called(name));
    Error::binding(message)
}

/// Returns the error of an operation that no method of the document cancels.
pub(crate) fn cannot_cancel(name: Option<&str>) -> Error {
    let message = format!("this API has no method that cancels {}", called(name));
    Error::service(
        Status::default()
            .set_code(Code::Unimplemented)
            .set_message(message),
    )
}

fn called(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("the operation {}", invalid::excerpt(name)),
        None => "an operation without a name".to_owned(),
    }
}
