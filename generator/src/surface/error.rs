//! Texts that are not surfaces.

use std::fmt;

/// A text that is not a surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceError {
    /// The line at fault, counted from one.
    pub line: Option<usize>,
    pub(super) message: String,
}

impl fmt::Display for SurfaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SurfaceError {}
