//! The built command, run in a small workspace of its own.

mod codegen;
mod diff;
#[cfg(unix)]
mod interruption;
mod only;
mod revisions;
mod sandbox;
mod survey;
mod usage;
mod versions;
