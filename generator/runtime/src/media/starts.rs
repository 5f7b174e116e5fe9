//! Types of operations that uploads start.

use std::fmt;

use crate::{error::Result, json::any::Any};

/// The types of an operation that an [`Upload`](crate::Upload) starts: of its response, and of its metadata. Either is
/// [`Any`] where the document does not say.
pub struct Starts<R = Any, M = Any> {
    pub(crate) response: fn(&Any) -> Result<R>,
    pub(crate) metadata: fn(&Any) -> Result<M>,
}

impl Default for Starts {
    fn default() -> Self {
        Self {
            response: |any| Ok(any.clone()),
            metadata: |any| Ok(any.clone()),
        }
    }
}

impl<R, M> fmt::Debug for Starts<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Starts").finish_non_exhaustive()
    }
}
