//! Generates one package of a survey.

use std::panic::{self, AssertUnwindSafe};

use generator::{Options, Package};

use crate::documents::DocumentPaths;
use crate::message::{Message, shown};

/// The result for one document.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) paths: DocumentPaths,
    /// Its package; none if it has errors.
    pub(super) generated: Option<Generated>,
    pub(super) messages: Vec<Message>,
}

/// The size of a package: all packages together would not fit into memory.
#[derive(Debug)]
pub(super) struct Generated {
    pub(super) name: String,
    pub(super) methods: usize,
    pub(super) types: usize,
    /// The size of its files.
    pub(super) bytes: usize,
}

impl Finding {
    pub(super) fn new(paths: &DocumentPaths) -> Self {
        let (generated, messages) = match package(paths, &Options::default()) {
            Ok((package, warnings)) => (Some(Generated::new(&package)), warnings),
            Err(errors) => (None, errors),
        };
        Self {
            paths: paths.clone(),
            generated,
            messages,
        }
    }
}

impl Generated {
    fn new(package: &Package) -> Self {
        Self {
            name: package.name.clone(),
            methods: package.methods,
            types: package.types,
            bytes: package.files.values().map(String::len).sum(),
        }
    }
}

/// Returns the package of a document with its warnings, or the errors of the document. A panic is
/// an error of one document, so that the survey continues.
pub(super) fn package(
    paths: &DocumentPaths,
    options: &Options,
) -> Result<(Package, Vec<Message>), Vec<Message>> {
    let attempt = AssertUnwindSafe(|| {
        let files = paths.read().map_err(|error| vec![error])?;
        files.parse()?.generate(options)
    });
    panic::catch_unwind(attempt).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        let text = format!("the generator panicked: {}", text.unwrap_or("no message"));
        Err(vec![Message::error(text).place(shown(&paths.document))])
    })
}
