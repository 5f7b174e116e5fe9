//! Generates a Rust client crate from a Google API Discovery document.
