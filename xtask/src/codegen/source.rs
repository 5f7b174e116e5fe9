//! Reading documents and overlays, and finding those of the workspace.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::message::{Message, shown};

const OVERLAY: &str = ".overlay.json";

/// A file and its text.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Text {
    pub(super) fn read(path: &Path) -> Result<Self, Message> {
        let text = fs::read_to_string(path).map_err(|error| Message::io("read", path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            text,
        })
    }
}

/// A document and the overlay that corrects it.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) document: Text,
    pub(super) overlay: Option<Text>,
}

impl Source {
    pub(super) fn read(document: &Path, overlay: Option<&Path>) -> Result<Self, Message> {
        Ok(Self {
            document: Text::read(document)?,
            overlay: overlay.map(Text::read).transpose()?,
        })
    }
}

/// Reads every document of a folder, `NAME.json` with `NAME.overlay.json`, in the order of names.
pub(super) fn read_folder(folder: &Path) -> Result<Vec<Source>, Vec<Message>> {
    let mut names = names(folder).map_err(|error| vec![error])?;
    let overlays: BTreeSet<String> = names
        .iter()
        .filter(|name| name.ends_with(OVERLAY))
        .cloned()
        .collect();
    names.retain(|name| !overlays.contains(name));
    let mut errors = orphans(folder, &names, &overlays);
    if names.is_empty() {
        errors.push(
            Message::error(format!("{} has no document", shown(folder)))
                .help("add one: NAME.VERSION.json"),
        );
    }
    let mut sources = Vec::new();
    for name in &names {
        let overlay = name.replace(".json", OVERLAY);
        let overlay = overlays.contains(&overlay).then(|| folder.join(overlay));
        match Source::read(&folder.join(name), overlay.as_deref()) {
            Ok(source) => sources.push(source),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(sources)
    } else {
        Err(errors)
    }
}

fn names(folder: &Path) -> Result<BTreeSet<String>, Message> {
    let read = fs::read_dir(folder).and_then(|entries| {
        let names = entries
            .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
        names
            .filter(|name| !matches!(name, Ok(name) if !name.ends_with(".json")))
            .collect()
    });
    read.map_err(|error| Message::io("read", folder, &error))
}

/// Overlays whose document is not there: a file was renamed, and its corrections would be lost.
fn orphans(
    folder: &Path,
    documents: &BTreeSet<String>,
    overlays: &BTreeSet<String>,
) -> Vec<Message> {
    let mut errors = Vec::new();
    for overlay in overlays {
        let document = overlay.replace(OVERLAY, ".json");
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
