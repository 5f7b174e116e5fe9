//! One document: the package that the generator makes of it, or what keeps it from that.

use std::panic::{self, AssertUnwindSafe};

use discovery::Document;
use generator::{Options, Package};

use crate::documents::Paths;
use crate::explain;
use crate::message::{Message, shown};

/// What became of a document.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) paths: Paths,
    /// Its package; none if it has errors.
    pub(super) made: Option<Made>,
    pub(super) messages: Vec<Message>,
}

/// What is left of a package: all of them together would not fit into memory.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) name: String,
    pub(super) methods: usize,
    pub(super) schemas: usize,
    /// How much Rust it has.
    pub(super) bytes: usize,
}

impl Finding {
    pub(super) fn new(paths: &Paths) -> Self {
        let (made, messages) = match package(paths, &Options::default()) {
            Ok((package, warnings)) => (Some(Made::new(&package)), warnings),
            Err(errors) => (None, errors),
        };
        Self {
            paths: paths.clone(),
            made,
            messages,
        }
    }
}

impl Made {
    fn new(package: &Package) -> Self {
        Self {
            name: package.name.clone(),
            methods: package.methods,
            schemas: package.schemas,
            bytes: package.files.values().map(String::len).sum(),
        }
    }
}

/// The package of a document with its warnings, or all that is wrong with it. A panic is a problem
/// of one document, too: the survey goes on.
pub(super) fn package(
    paths: &Paths,
    options: &Options,
) -> Result<(Package, Vec<Message>), Vec<Message>> {
    let attempt = AssertUnwindSafe(|| attempt(paths, options));
    panic::catch_unwind(attempt).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        let text = format!("the generator panicked: {}", text.unwrap_or("no message"));
        Err(vec![Message::error(text).place(shown(&paths.document))])
    })
}

fn attempt(paths: &Paths, options: &Options) -> Result<(Package, Vec<Message>), Vec<Message>> {
    let input = paths.read().map_err(|error| vec![error])?;
    let explain = |problems| explain::messages(&input, &problems);
    let overlay = input.overlay.as_ref().map(|overlay| overlay.text.as_str());
    let parsed = Document::parse(&input.document.text, overlay).map_err(explain)?;
    let mut messages = explain(parsed.warnings.clone());
    match generator::generate(&parsed.document, options) {
        Ok(package) => {
            messages.extend(explain(parsed.attribute(package.warnings.clone())));
            Ok((package, messages))
        }
        Err(problems) => {
            messages.extend(explain(parsed.attribute(problems)));
            Err(messages)
        }
    }
}
