//! The versions of a generated crate, and of its requirements.

/// The version of the crate, unless another one is set.
pub(crate) const FIRST_VERSION: &str = "0.1.0";

/// The oldest Rust that compiles it.
pub(crate) const RUST_VERSION: &str = "1.91";

/// The version of the runtime that it depends on.
pub(crate) const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");
