//! The tasks of this workspace, as a library, so that tests run what the command line runs.
//!
//! [`codegen::run`] reads documents, has the generator make packages of them, and hands the files
//! to [`sync`], the only part of the whole project that writes to the disk. [`release`] numbers the
//! packages by how they differ from the old ones: see [`diff`].

#![warn(missing_docs)]

pub mod cli;
pub mod codegen;
pub mod diff;
mod documents;
mod explain;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod message;
mod quote;
pub mod release;
pub mod report;
pub mod survey;
pub mod sync;
pub mod workspace;
