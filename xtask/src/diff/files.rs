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

/// Returns a manifest without its version, its revision, and what depends on the folder: the path of
/// the runtime, and whether the package is a workspace of its own.
fn neutral_manifest(text: &str) -> String {
    let others = ["version = ", "revision = ", "[workspace]"];
    let lines = text.lines();
    let lines = lines.filter(|line| !others.iter().any(|other| line.starts_with(other)));
    let mut neutral = String::new();
    for line in lines {
        let path = line.split_once("path = \"");
        match path.filter(|_| line.starts_with("discovery-runtime = ")) {
            Some((before, after)) => {
                neutral.push_str(before);
                neutral.push_str(after.split_once("\", ").unwrap_or_default().1);
            }
            None => neutral.push_str(line),
        }
        neutral.push('\n');
    }
    neutral.truncate(neutral.trim_end().len());
    neutral
}
