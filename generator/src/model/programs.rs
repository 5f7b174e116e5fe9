//! Programs that show a client at work.

use std::collections::BTreeSet;

use super::Type;
use crate::names::Ident;

/// The examples of a crate; those for which the document has no method are missing.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    /// Lists, or calls what there is.
    pub(crate) quickstart: Option<Invocation>,
    /// Cancels an operation, and finds out what became of it.
    pub(crate) cancel: Option<Cancelling>,
    /// Uploads a file.
    pub(crate) upload: Option<Invocation>,
}

/// A program that cancels.
#[derive(Debug)]
pub(crate) struct Cancelling {
    /// Gets an operation that was started before.
    pub(crate) stored: Invocation,
    pub(crate) start: Option<Start>,
}

/// A call that starts an operation which can be cancelled.
#[derive(Debug)]
pub(crate) struct Start {
    pub(crate) call: Invocation,
    /// Whether it takes a file.
    pub(crate) uploads: bool,
}

/// A call all of whose arguments are texts.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The accessors that lead to the method, and the method's own.
    pub(crate) chain: Vec<Ident>,
    pub(crate) arguments: Vec<Ident>,
    /// What the command line gives: the arguments, and a file if there is one to upload.
    pub(crate) values: Vec<Ident>,
    /// How the command line is told of: `PARENT FILE `.
    pub(crate) usage: String,
    /// The request message, which is sent as it is by default.
    pub(crate) body: Option<Type>,
    pub(crate) outcome: Outcome,
    /// What brings the resource.
    pub(crate) feature: Option<String>,
}

/// What a call gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    Nothing,
    Answer,
    /// The result of an operation that an upload starts.
    Operation,
    Pages,
    Items,
}

impl Programs {
    /// The programs by the names of their files, and what brings the resources that they need.
    pub(crate) fn needs(&self) -> impl Iterator<Item = (&'static str, BTreeSet<&String>)> {
        let cancel = self.cancel.iter().flat_map(|cancel| {
            let start = cancel.start.iter().map(|start| &start.call);
            start.chain([&cancel.stored])
        });
        let programs: [(_, Vec<&Invocation>); 3] = [
            ("cancel", cancel.collect()),
            ("quickstart", self.quickstart.iter().collect()),
            ("upload", self.upload.iter().collect()),
        ];
        programs.into_iter().map(|(name, calls)| {
            let features = calls.iter().filter_map(|call| call.feature.as_ref());
            (name, features.collect())
        })
    }
}
