//! What a caller decides: all that is not in the document.

/// How to generate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The version of the generated package.
    pub version: String,
    /// Where the generated package finds its runtime.
    pub runtime: Runtime,
    /// The methods and schemas to keep; all if empty. A pattern is the resource path and the name of
    /// a method (`instances.*`, `*.list`), its id, or the name of a schema; `*` stands for any text.
    pub only: Vec<String>,
    /// Whether the package is a workspace of its own, so that it may lie in the folder of another.
    pub standalone: bool,
}

impl Default for Options {
    /// Version 0.1.0, the published runtime, a member of the workspace around it.
    fn default() -> Self {
        Self {
            version: "0.1.0".to_owned(),
            runtime: Runtime::Published,
            only: Vec::new(),
            standalone: false,
        }
    }
}

/// Where a generated package finds `discovery-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runtime {
    /// In the registry.
    Published,
    /// In a folder, relative to the package or absolute.
    Path(String),
}
