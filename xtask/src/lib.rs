//! The tasks of this workspace, as a library, so that tests run what the command line runs.
//!
//! [`codegen::run`] reads documents, generates their packages, and passes the files to [`sync`], the
//! only part of the project that writes to the disk. [`release`] derives the version of a package
//! from the [`diff`] of the old and the new one.

#![warn(missing_docs)]

pub mod cli;
pub mod codegen;
pub mod diff;
mod documents;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod message;
pub mod publish;
mod quote;
pub mod release;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "survey")]
pub mod survey;
pub mod sync;
mod table;
pub mod workspace;
