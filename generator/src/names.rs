//! Names: valid Rust identifiers made from a document's words, and tables that keep them apart.
//!
//! The only module that changes case (`heck`), and the only one that knows Rust's keywords.

mod encode;
mod ident;
mod packages;
pub(crate) mod reserved;
mod table;

#[cfg(test)]
mod tests;

pub(crate) use ident::{Ident, is_camel_case, kebab};
pub(crate) use packages::{is_package_module, split as split_package};
pub(crate) use table::NameTable;
