//! Finding and reading Discovery documents, each with the overlay that corrects it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use discovery::LARGEST;

use crate::explain;
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
        let bytes = File::open(path)
            .and_then(read)
            .map_err(|error| Message::io("read", path, &error))?;
        Self::decode(path, &bytes)
    }

    /// The text that a file consists of; `path` is what people call the file.
    pub(crate) fn decode(path: &Path, bytes: &[u8]) -> Result<Self, Message> {
        if bytes.len() > LARGEST {
            let text = format!("{} has more than {} MiB", shown(path), LARGEST >> 20);
            return Err(Message::error(text).help("Google's largest document has 6 MiB"));
        }
        match discovery::decode(bytes) {
            Ok(text) => Ok(Self {
                path: path.to_owned(),
                text: text.to_owned(),
            }),
            Err(problem) => {
                let text = String::from_utf8_lossy(bytes);
                Err(explain::message(path, &text, &problem, problem.position))
            }
        }
    }
}

/// What a file holds, and no more than shows that it holds too much.
pub(crate) fn read(file: impl Read) -> io::Result<Vec<u8>> {
    let (mut bytes, most) = (Vec::new(), LARGEST as u64 + 1);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
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
