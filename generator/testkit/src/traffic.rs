//! Calls and replies in a file.

pub(crate) mod file;
pub(crate) mod recorder;
pub(crate) mod replay;
pub(crate) mod secrets;
