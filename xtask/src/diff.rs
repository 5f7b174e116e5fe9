//! Differences between two generated clients, in terms of their users.

mod advice;
mod arguments;
mod change;
mod compare;
mod facts;
mod files;
pub mod folders;
mod git;
mod input;
mod items;
mod methods;
pub mod print;
mod replacements;
mod requests;
mod rules;
mod untyped;

use generator::Surface;
use serde::Serialize;

pub use change::{Change, ChangeKind, Class, ItemName};

pub use crate::cli::Diff as Request;
use crate::message::Message;
pub(crate) use input::Input;

/// The identity of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Client {
    /// The name of the package.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The document: `name:version`.
    pub document: String,
    /// The revision of the document.
    pub revision: String,
}

impl Client {
    fn new(surface: &Surface) -> Self {
        Self {
            name: surface.package.clone(),
            version: surface.version.clone(),
            document: surface.document.clone(),
            revision: surface.revision.clone(),
        }
    }
}

/// The result of a comparison.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The old client.
    pub old: Client,
    /// The new client.
    pub new: Client,
    /// All changes: the gravest first, then in the order of names.
    pub changes: Vec<Change>,
    /// True if files differ in anything but the version and the revision.
    pub code_differs: bool,
    /// Warnings about the documents.
    pub warnings: Vec<Message>,
    /// A warning about new methods whose operations have an unnamed response.
    pub untyped: Option<Message>,
}

impl Outcome {
    /// The gravest class of the changes.
    pub fn class(&self) -> Class {
        let classes = self.changes.iter().map(|change| change.class);
        classes.max().unwrap_or(Class::Same)
    }
}

/// Compares the clients that `request` names.
///
/// # Errors
///
/// All problems of a document, or the reason why a package cannot be read.
pub fn run(request: &Request) -> Result<Outcome, Vec<Message>> {
    let (old, new) = rayon::join(
        || input::read(&request.old, &request.new),
        || input::read(&request.new, &request.old),
    );
    compare(&old?, &new?)
}

/// Returns all changes from one client to another: the gravest first, then in the order of names.
pub fn changes(old: &Surface, new: &Surface) -> Vec<Change> {
    let mut changes = compare::changes(old, new);
    advice::add(&mut changes, old, new);
    changes.sort_by(|a, b| b.class.cmp(&a.class).then_with(|| a.cmp(b)));
    changes.dedup();
    changes
}

/// Compares two clients. Their code is compared only if their descriptions are the same.
pub(crate) fn compare(old: &Input, new: &Input) -> Result<Outcome, Vec<Message>> {
    let changes = changes(&old.surface, &new.surface);
    Ok(Outcome {
        code_differs: !changes.is_empty() || old.differs(new)?,
        changes,
        warnings: [&old.warnings[..], &new.warnings].concat(),
        untyped: untyped::warning(&old.surface, &new.surface),
        old: Client::new(&old.surface),
        new: Client::new(&new.surface),
    })
}
