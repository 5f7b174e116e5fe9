//! Documents are untrusted: any document is refused or becomes a client.
//!
//! `invariant` is what holds for every text. The modules behind it try to break it: by hand, and
//! with mutants of real documents.

#[path = "../support/mod.rs"]
mod support;

mod bombs;
mod finds;
mod invariant;
mod manifest;
mod markdown;
mod mutants;
mod mutate;
mod paths;
mod random;
mod rust;
mod tokens;
mod tree;
mod types;
mod words;
