//! Finding and reading Discovery documents, each with the overlay that corrects it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::message::{Message, shown};

const OVERLAY: &str = ".overlay.json";

/// A file and its text.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn read(path: &Path) -> Result<Self, Message> {
        let text = fs::read_to_string(path).map_err(|error| Message::io("read", path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            text,
        })
    }
}

/// A document and the overlay that corrects it.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) document: Text,
    pub(crate) overlay: Option<Text>,
}

/// Where a document and its overlay are.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    pub(crate) document: PathBuf,
    pub(crate) overlay: Option<PathBuf>,
}

impl Paths {
    pub(crate) fn read(&self) -> Result<Input, Message> {
        Ok(Input {
            document: Text::read(&self.document)?,
            overlay: self.overlay.as_deref().map(Text::read).transpose()?,
        })
    }
}

/// The documents of a folder, `NAME.json` with `NAME.overlay.json`, in the order of names; and what
/// is wrong with the folder.
pub(crate) fn list(folder: &Path) -> (Vec<Paths>, Vec<Message>) {
    let names = match names(folder) {
        Ok(names) => names,
        Err(error) => return (Vec::new(), vec![error]),
    };
    let (overlays, documents): (BTreeSet<_>, BTreeSet<_>) =
        names.into_iter().partition(|name| name.ends_with(OVERLAY));
    let mut errors = orphans(folder, &documents, &overlays);
    if documents.is_empty() {
        let text = format!("{} has no document", shown(folder));
        errors.push(Message::error(text).help("add one: NAME.VERSION.json"));
    }
    let paths = documents.iter().map(|name| {
        let overlay = name.trim_end_matches(".json").to_owned() + OVERLAY;
        Paths {
            document: folder.join(name),
            overlay: overlays.contains(&overlay).then(|| folder.join(overlay)),
        }
    });
    (paths.collect(), errors)
}

/// Where the overlay of a document is, if there is one.
pub(crate) fn overlay(document: &Path) -> Option<PathBuf> {
    Some(document.with_extension("overlay.json")).filter(|overlay| overlay.exists())
}

/// The names of the JSON files in a folder.
fn names(folder: &Path) -> Result<Vec<String>, Message> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| Message::io("read", folder, &error))?;
    let names = entries
        .iter()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| name.ends_with(".json")).collect())
}

/// Overlays whose document is not there: a file was renamed, and its corrections would be lost.
fn orphans(
    folder: &Path,
    documents: &BTreeSet<String>,
    overlays: &BTreeSet<String>,
) -> Vec<Message> {
    let mut errors = Vec::new();
    for overlay in overlays {
        let document = overlay.trim_end_matches(OVERLAY).to_owned() + ".json";
        if !documents.contains(&document) {
            let text = format!(
                "{} corrects {document}, which is not there",
                shown(&folder.join(overlay))
            );
            errors.push(
                Message::error(text).help("rename the overlay like its document, or remove it"),
            );
        }
    }
    errors
}
