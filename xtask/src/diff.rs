//! What changed from one generated package to another, in words of its users.

mod compare;
mod git;
mod manifests;
pub mod print;
mod side;
mod words;

use std::fmt;

use crate::api::{Api, Manifest};
pub use crate::cli::Diff as Request;
use crate::message::Message;
use crate::sync::Files;
pub(crate) use side::Side;

/// What a change means to programs that compile with the old package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The API is the same.
    Same,
    /// Only what people read changes.
    Documentation,
    /// They go on to compile.
    Additive,
    /// Some of them no longer compile, or no longer do what they did.
    Breaking,
}

impl Class {
    /// What the process returns. Apart from 1 and 2, which say that the comparison failed.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Same => 0,
            Self::Documentation => 10,
            Self::Additive => 11,
            Self::Breaking => 12,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "none",
            Self::Documentation => "documentation",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        })
    }
}

/// What was done to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// It is gone.
    Removed,
    /// It is another one.
    Changed,
    /// The compiler sees no difference, and the server does.
    Altered,
    /// It is new.
    Added,
    /// It should not be used any more.
    Deprecated,
    /// It may be used again.
    Restored,
    /// It is told in other words.
    Described,
}

/// One difference between two packages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What it means.
    pub class: Class,
    /// What was done.
    pub verb: Verb,
    /// What the item is a part of, such as ``the method `accounts.apps.list` ``; empty if of the API.
    pub of: String,
    /// What the item is: `method`, `field`, `variant`.
    pub noun: &'static str,
    /// The item as its users write it; empty if there is but one.
    pub name: String,
    /// What follows the name where it is declared: `: Option<String>`, `(parent, request)`.
    pub detail: String,
    /// What it was, if it changed.
    pub old: String,
    /// What it is now, if it changed.
    pub new: String,
}

impl Change {
    fn new(class: Class, verb: Verb, noun: &'static str, name: &str) -> Self {
        Self {
            class,
            verb,
            of: String::new(),
            noun,
            name: name.to_owned(),
            detail: String::new(),
            old: String::new(),
            new: String::new(),
        }
    }

    fn of(mut self, of: &str) -> Self {
        self.of = of.to_owned();
        self
    }

    fn with_values(mut self, old: &str, new: &str) -> Self {
        (self.old, self.new) = (old.to_owned(), new.to_owned());
        self
    }
}

/// All changes of an API: the graver ones first, then in the order of names.
pub fn changes(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = manifests::changes(&old.manifest, &new.manifest);
    changes.extend(words::changes(old, new));
    changes.sort_by(|a, b| b.class.cmp(&a.class).then_with(|| a.cmp(b)));
    changes.dedup();
    changes
}

/// What a comparison found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The manifest of the old package.
    pub old: Manifest,
    /// The manifest of the new package.
    pub new: Manifest,
    /// How their APIs differ.
    pub changes: Vec<Change>,
    /// Whether anything but the version and the revision differs in their files.
    pub code_differs: bool,
    /// What the documents have that deserves a look.
    pub warnings: Vec<Message>,
}

impl Outcome {
    /// The gravest of the changes.
    pub fn class(&self) -> Class {
        let classes = self.changes.iter().map(|change| change.class);
        classes.max().unwrap_or(Class::Same)
    }
}

/// Compares what `request` names.
///
/// # Errors
///
/// All that is wrong with a document, or what keeps a package from being read.
pub fn run(request: &Request) -> Result<Outcome, Vec<Message>> {
    let old = side::read(&request.old, &request.new)?;
    let new = side::read(&request.new, &request.old)?;
    Ok(compare(old, new))
}

/// Compares two packages by their files.
///
/// # Errors
///
/// A file that is missing or is not Rust.
pub fn between(old: Files, new: Files) -> Result<Outcome, Message> {
    Ok(compare(Side::new(old)?, Side::new(new)?))
}

pub(crate) fn compare(old: Side, new: Side) -> Outcome {
    Outcome {
        changes: changes(&old.api, &new.api),
        code_differs: code(&old) != code(&new),
        warnings: old.warnings.into_iter().chain(new.warnings).collect(),
        old: old.api.manifest,
        new: new.api.manifest,
    }
}

/// The files of a package, without what is another in every revision or in every folder.
fn code(side: &Side) -> Files {
    let revision = format!("revision {}", side.api.manifest.revision);
    let files = side.files.iter();
    let neutral = files.map(|(path, text)| {
        let text = text.replace(&revision, "revision");
        let text = match path.as_str() {
            "Cargo.toml" => neutral_manifest(&text),
            _ => text,
        };
        (path.clone(), text)
    });
    neutral.collect()
}

/// A manifest without its version, its revision, and what depends on where it lies: the way to the
/// runtime, and whether the package is a workspace of its own.
fn neutral_manifest(text: &str) -> String {
    let others = ["version = ", "revision = ", "[workspace]"];
    let lines = text.lines();
    let lines = lines.filter(|line| !others.iter().any(|other| line.starts_with(other)));
    let mut neutral = String::new();
    for line in lines {
        let path = line.split_once("path = \"");
        match path.filter(|_| line.starts_with("discovery-runtime = ")) {
            Some((before, after)) => {
                neutral.push_str(before);
                neutral.push_str(after.split_once("\", ").unwrap_or_default().1);
            }
            None => neutral.push_str(line),
        }
        neutral.push('\n');
    }
    neutral.truncate(neutral.trim_end().len());
    neutral
}
