//! A method and its path.

use discovery::Method;

use super::pattern::PathPattern;

/// A method and its path.
#[derive(Clone, Debug)]
pub(crate) struct MethodPath {
    pub(crate) method: Method,
    /// None for a template that is not served.
    pub(crate) path: Option<PathPattern>,
}
