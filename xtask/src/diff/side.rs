//! One side of a comparison: a document, a package, or either of them in the history of git.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use discovery::Document;
use generator::Options;

use super::git::Revision;
use crate::api::Api;
use crate::documents::{self, Input, Paths, Text};
use crate::explain;
use crate::message::{Message, shown};
use crate::sync::Files;

/// A package and its API.
#[derive(Debug)]
pub(crate) struct Side {
    pub(super) api: Api,
    /// Its manifest and its sources.
    pub(super) files: Files,
    pub(crate) warnings: Vec<Message>,
}

/// Reads what `place` names. A revision of git without a path has the path of the `other` side.
pub(super) fn read(place: &str, other: &str) -> Result<Side, Vec<Message>> {
    if let Some(revision) = Revision::parse(place, other).map_err(|error| vec![error])? {
        return match revision.package().map_err(|error| vec![error])? {
            Some(files) => package(place, files),
            None => Side::of_document(&revision.document().map_err(|error| vec![error])?),
        };
    }
    let path = Path::new(place);
    if path.is_dir() {
        let files = folder(path).map_err(|error| vec![error])?;
        return package(place, files);
    }
    let paths = Paths {
        document: path.to_owned(),
        overlay: documents::overlay(path),
    };
    Side::of_document(&paths.read().map_err(|error| vec![error])?)
}

impl Side {
    pub(super) fn new(files: Files) -> Result<Self, Message> {
        Ok(Self {
            api: Api::read(&files)?,
            files,
            warnings: Vec::new(),
        })
    }

    /// The package that a document makes.
    pub(crate) fn of_document(input: &Input) -> Result<Self, Vec<Message>> {
        let overlay = input.overlay.as_ref().map(|overlay| overlay.text.as_str());
        let explain = |problems| explain::messages(input, &problems);
        let parsed = Document::parse(&input.document.text, overlay).map_err(explain)?;
        let made = generator::generate(&parsed.document, &Options::default())
            .map_err(|problems| explain(parsed.attribute(problems)))?;
        let warnings = parsed.attribute(made.warnings);
        let side = package(&shown(&input.document.path), made.files)?;
        let warnings = [explain(parsed.warnings), explain(warnings)].concat();
        Ok(Self { warnings, ..side })
    }
}

/// The package of these files, as far as they concern those that compile it.
fn package(place: &str, mut files: Files) -> Result<Side, Vec<Message>> {
    files.retain(|path, _| is_compiled(path));
    Side::new(files).map_err(|error| vec![error.place(place)])
}

/// Whether a file of a package is its manifest or a source. Examples and texts are none of the code.
pub(super) fn is_compiled(path: &str) -> bool {
    path == "Cargo.toml" || path.starts_with("src/") && path.ends_with(".rs")
}

/// The manifest and the sources of a package in a folder.
fn folder(root: &Path) -> Result<Files, Message> {
    let mut files = Files::new();
    let mut pending: Vec<PathBuf> = vec![root.join("src")];
    let manifest = root.join("Cargo.toml");
    if manifest.exists() {
        files.insert("Cargo.toml".to_owned(), text(&manifest)?);
    }
    while let Some(folder) = pending.pop() {
        let failed = |error| Message::io("read", &folder, &error);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(failed)?,
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
            if kind.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap_or(&path);
                let name = name.to_string_lossy().replace('\\', "/");
                files.insert(name, text(&path)?);
            }
        }
    }
    Ok(files)
}

fn text(path: &Path) -> Result<String, Message> {
    Text::read(path).map(|file| file.text)
}
