//! Source files, as tokens.

use super::tokens::Code;

/// A source file: its path below the crate's root and its items.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) tokens: Code,
}

impl File {
    pub(super) fn new(path: impl Into<String>, tokens: Code) -> Self {
        let path = path.into();
        Self { path, tokens }
    }
}
