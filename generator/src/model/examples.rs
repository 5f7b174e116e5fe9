//! Programs that show the client in use: in documentation, and below `examples/`.

use std::collections::BTreeSet;

use super::types::Type;
use crate::names::Ident;

/// The example in the documentation of a method.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) call: Invocation,
    pub(crate) ending: Ending,
    /// True if the call names something deprecated.
    pub(crate) deprecated: bool,
}

/// The programs in the documentation of the crate.
#[derive(Debug)]
pub(crate) struct Programs {
    /// Does what a user of the API does first.
    pub(crate) quickstart: Example,
    /// Uploads media.
    pub(crate) upload: Option<Example>,
    /// Downloads media.
    pub(crate) download: Option<Invocation>,
    /// Tests such a call without a network.
    pub(crate) test: Option<TestProgram>,
}

/// A test with a transport that refuses a call.
#[derive(Debug)]
pub(crate) struct TestProgram {
    pub(crate) call: Invocation,
    /// The path of the request builder that the transport expects.
    pub(crate) builder: String,
    /// The path parameter that it expects, and the value.
    pub(crate) parameter: Option<(String, String)>,
}

/// The files below `examples/`; those for which the document has no method are missing.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// Lists, or calls another method that only reads.
    pub(crate) quickstart: Option<Command>,
    /// Cancels an operation and reports its final state.
    pub(crate) cancel: Option<CancelExample>,
    /// Uploads a file.
    pub(crate) upload: Option<Command>,
}

/// A program that cancels an operation.
#[derive(Debug)]
pub(crate) struct CancelExample {
    /// Gets an operation that was started before.
    pub(crate) stored: Command,
    /// Starts an operation that can be cancelled.
    pub(crate) start: Option<Command>,
}

/// A call whose arguments come from the command line.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) call: Invocation,
    pub(crate) ending: Ending,
    /// The words of the command line: the arguments, and the file to upload if there is one.
    pub(crate) words: Vec<Ident>,
    /// The words as the usage shows them: `PARENT FILE `.
    pub(crate) usage: String,
    /// The feature that the resource needs.
    pub(crate) feature: Option<String>,
}

/// A call of a method.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    /// The accessors that lead from the client to the resource.
    pub(crate) accessors: Vec<Ident>,
    pub(crate) method: Ident,
    pub(crate) arguments: Vec<SampleValue>,
    /// The request message, sent with default values.
    pub(crate) body: Option<Type>,
    /// True if the call returns a value.
    pub(crate) responds: bool,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SampleValue {
    Variable(Ident),
    Text(String),
    Bool,
    Integer(u16),
    Float,
    FieldMask,
    /// An empty JSON object.
    Object,
    Default,
    /// A list of one value.
    List(Box<SampleValue>),
}

/// The function that sends the request of an example, and the use of its response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ending {
    Send,
    Upload,
    Poll,
    /// Returns the description of media, if there is one, and then the media.
    Download,
    /// Uploads media, and follows the operation that this starts.
    UploadAndPoll,
    Pages,
    Items,
}

impl Examples {
    /// Returns the names of the files, each with the features that it needs.
    pub(crate) fn needs(&self) -> impl Iterator<Item = (&'static str, BTreeSet<&String>)> {
        let cancel = self.cancel.iter();
        let cancel = cancel.flat_map(|cancel| cancel.start.iter().chain([&cancel.stored]));
        let files: [(_, Vec<&Command>); 3] = [
            ("cancel", cancel.collect()),
            ("quickstart", self.quickstart.iter().collect()),
            ("upload", self.upload.iter().collect()),
        ];
        files.into_iter().map(|(name, commands)| {
            let features = commands
                .iter()
                .filter_map(|command| command.feature.as_ref());
            (name, features.collect())
        })
    }
}
