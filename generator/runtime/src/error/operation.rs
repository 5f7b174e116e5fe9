//! Errors of long-running operations.

use std::{error::Error as StdError, fmt, time::Duration};

use google_cloud_gax::error::rpc::{Code, Status};
use serde_json::{Map, Value};

use super::invalid;
use google_cloud_gax::error::Error;

/// An operation that failed, all of it; the [source](std::error::Error::source) of the [`Error`] in
/// which it ended.
///
/// ```
/// use discovery_runtime::{Error, OperationError, Value};
///
/// /// The machine type that was asked for, in an operation of Compute Engine.
/// fn target(error: &Error) -> Option<&Value> {
///     let source = std::error::Error::source(error)?;
///     source.downcast_ref::<OperationError>()?.members().get("targetLink")
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
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

impl StdError for OperationError {}

/// Something about an operation that no service said.
pub(crate) fn operation(message: impl Into<String>) -> Error {
    Error::deser(format!("of an operation: it {}", message.into()))
}

/// The error in which an operation ended.
pub(crate) fn operation_failed(
    status: &google_cloud_rpc::model::Status,
    members: Map<String, Value>,
) -> Error {
    let source = OperationError { members };
    Error::service_full(status.into(), None, None, Some(Box::new(source)))
}

/// An operation that did not end in time.
pub(crate) fn operation_deadline(name: Option<&str>, allowed: Duration) -> Error {
    Error::timeout(match name {
        Some(_) => format!("of {allowed:?} for {}, which goes on", called(name)),
        None => format!("of {allowed:?} for an operation of which nothing was heard"),
    })
}

/// An operation that no method of the document gets.
pub(crate) fn unreachable_operation(name: Option<&str>) -> Error {
    let message = format!("{} can be asked for by no method of this API", called(name));
    Error::binding(message)
}

/// An operation that no method of the document cancels.
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
