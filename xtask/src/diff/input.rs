//! One side of a comparison: a document, a package, or either of them in the history of git.

use std::path::Path;

use generator::{Options, Package, Surface};

use super::files;
use super::git::Revision;
use crate::documents::{DocumentFiles, DocumentPaths};
use crate::message::Message;
use crate::sync::Files;

/// Advice for a folder that is not a package.
const IS_A_PACKAGE: &str = "a package is a folder that `cargo xtask codegen` wrote";

/// A client: its description, and its files.
#[derive(Debug)]
pub(crate) struct Input {
    pub(super) surface: Surface,
    pub(super) files: Files,
    pub(crate) warnings: Vec<Message>,
}

/// Reads the client that `place` names. A revision of git without a path has the path of the `other`
/// side.
pub(super) fn read(place: &str, other: &str) -> Result<Input, Vec<Message>> {
    let one = |error: Message| vec![error];
    let package = |files| Input::of_package(files).map_err(|error| one(error.place(place)));
    if let Some(revision) = Revision::parse(place, other).map_err(one)? {
        return match revision.package().map_err(one)? {
            Some(files) => package(files),
            None => Input::of_document(&revision.document().map_err(one)?),
        };
    }
    let path = Path::new(place);
    if path.is_dir() {
        return package(files::of_folder(path).map_err(one)?);
    }
    let paths = DocumentPaths::with_overlay(path.to_owned());
    Input::of_document(&paths.read().map_err(one)?)
}

impl Input {
    /// The client in the files of a package.
    ///
    /// # Errors
    ///
    /// A missing or damaged description.
    pub(crate) fn of_package(files: Files) -> Result<Self, Message> {
        let file = Surface::FILE;
        let text = files.get(file).ok_or_else(|| {
            Message::error(format!("the package has no {file}")).help(IS_A_PACKAGE)
        })?;
        let surface = Surface::parse(text).map_err(|error| {
            Message::error(format!("{file} does not describe a client: {error}"))
                .help("restore it, or generate the package again")
        })?;
        Ok(Self {
            surface,
            files,
            warnings: Vec::new(),
        })
    }

    /// A client that has just been generated.
    pub(crate) fn generated(package: &Package) -> Self {
        Self {
            surface: package.surface.clone(),
            files: package.files.clone(),
            warnings: Vec::new(),
        }
    }

    /// The client that is generated from a document.
    pub(crate) fn of_document(files: &DocumentFiles) -> Result<Self, Vec<Message>> {
        let (package, warnings) = files.parse()?.generate(&Options::default())?;
        Ok(Self {
            surface: package.surface,
            files: package.files,
            warnings,
        })
    }
}
