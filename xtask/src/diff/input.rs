//! One side of a comparison: a document, a package, or either of them in the history of git.

use std::path::Path;

use discovery::Document;
use generator::{Options, Package, Surface};

use super::files;
use super::git::Revision;
use crate::documents::{DocumentFiles, DocumentPaths};
use crate::message::Message;
use crate::sync::Files;

/// Advice for a folder that is not a package.
const IS_A_PACKAGE: &str = "a package is a folder that `cargo xtask codegen` wrote";

/// A client: its description, and its code.
#[derive(Debug)]
pub(crate) struct Input {
    pub(super) surface: Surface,
    source: Source,
    pub(crate) warnings: Vec<Message>,
}

/// The source of a client's code, which is needed only if the descriptions are the same.
#[derive(Debug)]
enum Source {
    Package(Files),
    Document(Box<Document>),
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
            source: Source::Package(files),
            warnings: Vec::new(),
        })
    }

    /// A client that has just been generated.
    pub(crate) fn generated(package: &Package) -> Self {
        Self {
            surface: package.surface.clone(),
            source: Source::Package(package.files.clone()),
            warnings: Vec::new(),
        }
    }

    /// Refuses a client of a part of the API.
    #[cfg(feature = "fetch")]
    pub(crate) fn complete(self) -> Result<Self, Message> {
        match self.surface.only.as_slice() {
            [] => Ok(self),
            only => Err(Message::error(format!("has only {}", only.join(", ")))),
        }
    }

    /// The client of a document.
    pub(crate) fn of_document(files: &DocumentFiles) -> Result<Self, Vec<Message>> {
        let parsed = files.parse()?;
        let (surface, warnings) = parsed.describe(&Options::default())?;
        Ok(Self {
            surface,
            source: Source::Document(Box::new(parsed.into_document())),
            warnings,
        })
    }

    /// Returns whether the code differs in anything but the version and the revision.
    ///
    /// # Errors
    ///
    /// A document whose code cannot be printed.
    pub(super) fn differs(&self, other: &Self) -> Result<bool, Vec<Message>> {
        if let (Source::Document(old), Source::Document(new)) = (&self.source, &other.source) {
            let revision = old.revision.clone();
            let document = Document::clone(new);
            if **old
                == (Document {
                    revision,
                    ..document
                })
            {
                return Ok(false);
            }
        }
        Ok(self.code()? != other.code()?)
    }

    fn code(&self) -> Result<Files, Vec<Message>> {
        let revision = &self.surface.revision;
        match &self.source {
            Source::Package(files) => Ok(files::code(files, revision)),
            Source::Document(document) => {
                let generated = generator::generate(document, &Options::default());
                let problem = |problem: &discovery::Problem| Message::error(problem.to_string());
                let package = generated
                    .map_err(|problems| problems.iter().map(problem).collect::<Vec<_>>())?;
                Ok(files::code(&package.files, revision))
            }
        }
    }
}
