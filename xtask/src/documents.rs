//! Finds Discovery documents, each with the overlay that corrects it, and generates their packages.

mod explain;
mod file;
mod foreign;
mod parsed;
mod problem;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use file::{TextFile, read};
pub(crate) use parsed::DocumentFiles;

use crate::message::{Message, shown};

const OVERLAY: &str = ".overlay.json";

/// Paths of a document and its overlay.
#[derive(Clone, Debug)]
pub(crate) struct DocumentPaths {
    pub(crate) document: PathBuf,
    pub(crate) overlay: Option<PathBuf>,
}

impl DocumentPaths {
    /// A document, with the overlay beside it if there is one.
    pub(crate) fn with_overlay(document: PathBuf) -> Self {
        Self {
            overlay: overlay(&document),
            document,
        }
    }

    pub(crate) fn read(&self) -> Result<DocumentFiles, Message> {
        Ok(DocumentFiles {
            document: TextFile::read(&self.document)?,
            overlay: self.overlay.as_deref().map(TextFile::read).transpose()?,
        })
    }
}

/// Lists the documents of a folder, `NAME.json` with `NAME.overlay.json`, sorted by name, and the
/// errors of the folder.
pub(crate) fn list(folder: &Path) -> (Vec<DocumentPaths>, Vec<Message>) {
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
        DocumentPaths {
            document: folder.join(name),
            overlay: overlays.contains(&overlay).then(|| folder.join(overlay)),
        }
    });
    (paths.collect(), errors)
}

/// Returns the overlay beside a document, if there is one.
pub(crate) fn overlay(document: &Path) -> Option<PathBuf> {
    Some(document.with_extension("overlay.json")).filter(|overlay| overlay.exists())
}

/// Returns the names of the JSON files in a folder.
fn names(folder: &Path) -> Result<Vec<String>, Message> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| Message::io("read", folder, &error))?;
    let names = entries
        .iter()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| name.ends_with(".json")).collect())
}

/// Returns an error for each overlay without a document: after a rename its corrections would be lost.
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
