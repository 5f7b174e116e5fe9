//! Programs that show a client at work.

use super::Type;
use crate::names::Ident;

/// The examples of a crate; those for which the document has no method are missing.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    /// Lists, or calls what there is.
    pub(crate) quickstart: Option<Invocation>,
    /// Cancels an operation, and finds out what became of it.
    pub(crate) cancel: Option<Invocation>,
    /// Uploads a file.
    pub(crate) upload: Option<Invocation>,
}

/// A call all of whose arguments are texts.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The accessors that lead to the method, and the method's own.
    pub(crate) chain: Vec<Ident>,
    pub(crate) arguments: Vec<Ident>,
    /// What the command line gives: the arguments, and a file if there is one to upload.
    pub(crate) values: Vec<Ident>,
    /// How the command line is told of: `PARENT FILE [--endpoint URL]`.
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
    Pages,
    Items,
}

impl Programs {
    /// The programs, by the name of their file.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static str, &Invocation)> {
        [
            ("cancel", &self.cancel),
            ("quickstart", &self.quickstart),
            ("upload", &self.upload),
        ]
        .into_iter()
        .filter_map(|(name, program)| Some((name, program.as_ref()?)))
    }
}
