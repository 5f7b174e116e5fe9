//! Options: everything that the document does not decide.

/// The options of a generated package.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The location of the runtime.
    pub runtime: Runtime,
    /// The methods and schemas to generate; all if empty. A pattern is the resource path and the name of
    /// a method (`instances.*`, `*.list`), its id, or the name of a schema; `*` stands for any text.
    pub only: Vec<String>,
    /// True if the package is a workspace of its own, so that it may lie inside another one.
    pub standalone: bool,
}

impl Default for Options {
    /// The published runtime, the whole API, a member of the workspace around it.
    fn default() -> Self {
        Self {
            runtime: Runtime::Published,
            only: Vec::new(),
            standalone: false,
        }
    }
}

/// The location of `discovery-runtime` for a generated package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runtime {
    /// The registry.
    Published,
    /// A folder, relative to the package or absolute.
    Path(String),
}
