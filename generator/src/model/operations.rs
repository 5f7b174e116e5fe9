//! Long-running operations: <https://google.aip.dev/151>.

use super::constant::Constant;
use super::descriptor::Descriptor;
use super::types::Type;

/// The result types of an operation; none where the document does not name them.
#[derive(Debug)]
pub(crate) struct LongRunning {
    pub(crate) response: Option<Type>,
    pub(crate) metadata: Option<Type>,
}

/// A resource of operations.
#[derive(Debug)]
pub(crate) struct OperationService {
    pub(crate) get: Descriptor,
    /// The variables of the path, in order.
    pub(crate) variables: Vec<OperationVariable>,
    pub(crate) cancel: Option<Descriptor>,
    pub(crate) wait: Option<Wait>,
}

/// A variable in the path of an operation.
#[derive(Debug)]
pub(crate) struct OperationVariable {
    pub(crate) name: String,
    /// The pattern that the value must match, and the static that holds it.
    pub(crate) pattern: Option<Constant>,
}

/// A method that waits for an operation.
#[derive(Debug)]
pub(crate) struct Wait {
    pub(crate) method: Descriptor,
    pub(crate) timeout: WaitTimeout,
}

/// The part of a `wait` request that holds the timeout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WaitTimeout {
    /// A field of its message.
    Body,
    /// A query parameter.
    Query,
    /// None: the service decides.
    Unsaid,
}
