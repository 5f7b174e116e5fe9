//! Tests of generated clients. The library itself only compiles the examples in the README.

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
