//! Tests of generated clients; this library has none of its own, but holds the README to its word.

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
