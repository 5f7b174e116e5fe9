//! The versions that a generated crate requires.

/// The oldest Rust that compiles it.
pub(crate) const RUST_VERSION: &str = "1.91";

/// The version of the runtime that it depends on.
pub(crate) const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");
