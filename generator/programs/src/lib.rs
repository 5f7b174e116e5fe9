//! The uses for which most programs call Checks: `src/bin/checks-gate.rs` decides whether an app is released, and
//! [`guard`] screens what a language model reads and writes.
//!
//! This package also compiles the examples in the README.

pub mod guard;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
