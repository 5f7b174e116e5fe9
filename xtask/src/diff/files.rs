//! The files of a package that a comparison needs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::Surface;

use crate::documents::TextFile;
use crate::message::Message;
use crate::sync::Files;

/// Returns whether a file of a package is its manifest or a source. Examples and texts are not code.
fn is_code(path: &str) -> bool {
    path == "Cargo.toml" || path.starts_with("src/") && path.ends_with(".rs")
}

/// Returns whether a comparison needs a file of a package.
pub(super) fn is_wanted(path: &str) -> bool {
    path == Surface::FILE || is_code(path)
}

/// Reads the files of the package in a folder.
pub(super) fn of_folder(root: &Path) -> Result<Files, Message> {
    let mut files = Files::new();
    let mut pending: Vec<PathBuf> = vec![root.join("src")];
    for name in ["Cargo.toml", Surface::FILE] {
        let path = root.join(name);
        if path.exists() {
            files.insert(name.to_owned(), text(&path)?);
        }
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
    TextFile::read(path).map(|file| file.text)
}

/// Returns the manifest and the sources of a package, without text that differs between revisions or
/// between folders.
pub(super) fn code(files: &Files, revision: &str) -> Files {
    let revision = format!("revision {revision}");
    let files = files.iter().filter(|(path, _)| is_code(path));
    let neutral = files.map(|(path, text)| {
        let text = text.replace(&revision, "revision");
        let text = match path.as_str() {
            "Cargo.toml" => neutral_manifest(&text),
            _ => text,
        };
        (path.clone(), text)
    });
    neutral.collect()
}

/// The beginnings of lines of a manifest that depend on its version, its revision or its place.
const NEUTRAL: [&str; 5] = [
    "version = ",
    "revision = ",
    "repository = ",
    "documentation = ",
    "discovery-runtime = ",
];

/// Returns a manifest without its version, its revision, and the lines that depend on its place. The
/// version of the runtime is in the surface, too.
fn neutral_manifest(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    let is_neutral = |line: &&str| !NEUTRAL.iter().any(|start| line.starts_with(start));
    lines.filter(is_neutral).collect()
}
