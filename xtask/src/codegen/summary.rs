//! The results of single documents: a package, or the problems of the document.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::message::{Message, plural};
use crate::release::Status;

/// The size of a package, and its relation to the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The name in its manifest.
    pub name: String,
    /// The number of its files.
    pub files: usize,
    /// The number of its API methods.
    pub methods: usize,
    /// The number of its types.
    pub types: usize,
    /// The patterns that it was generated with; empty for a complete client.
    pub only: Vec<String>,
    /// Its relation to the package in its folder.
    pub status: Status,
    /// True if it was not generated, because an earlier run did and nothing has changed since.
    pub skipped: bool,
}

/// A document that no package can be generated from.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Its file.
    pub document: PathBuf,
    /// Its problems.
    pub messages: Vec<Message>,
}

/// Returns all messages of a run that stops before it writes.
pub(super) fn nothing_written(mut messages: Vec<Message>) -> Vec<Message> {
    let errors = messages.iter().filter(|message| message.is_error()).count();
    let text = format!("{}, nothing written", plural(errors, "error"));
    messages.push(Message::error(text));
    messages
}
