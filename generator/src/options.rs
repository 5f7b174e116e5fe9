//! Options: everything that the document does not decide.

use serde::{Deserialize, Serialize};

use crate::requirements::RUNTIME_VERSION;

/// The options of a generated package. The default is a complete client on the published runtime.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The location of the runtime.
    pub runtime: Runtime,
    /// The methods and schemas to generate; all if empty. A pattern is the resource path and the name of
    /// a method (`instances.*`, `*.list`), its id, or the name of a schema; `*` stands for any text.
    pub only: Vec<String>,
    /// The URL of the repository that the package is published from, if it is.
    pub repository: Option<String>,
}

/// The location of `discovery-runtime` for a generated package.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runtime {
    /// A version in the registry.
    Version(String),
    /// A commit of a git repository.
    Git {
        /// The URL of the repository.
        url: String,
        /// The commit.
        rev: String,
    },
    /// A folder, relative to the package or absolute.
    Path(String),
}

impl Runtime {
    /// The version of the runtime that generated code is written for.
    pub const VERSION: &str = RUNTIME_VERSION;
}

impl Default for Runtime {
    /// The published version.
    fn default() -> Self {
        Self::Version(RUNTIME_VERSION.to_owned())
    }
}
