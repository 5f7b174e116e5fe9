//! Writes and removes single files, so that a killed run leaves no half of one.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::message::Message;

/// The name of the temporary file in the folder of the file to be written. One run at a time
/// writes, so one name is enough, and the next run replaces what a killed one left.
const TEMPORARY: &str = ".new.xtask-tmp";

/// Returns whether a file of this name is a temporary of [`write_file`].
pub(super) fn is_temporary(name: &str) -> bool {
    name == TEMPORARY
}

/// Writes a file through a temporary beside it and a rename, and creates the folders above it.
///
/// Without fsync: the next run restores files that a power cut takes.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Message> {
    replace(path, text).map_err(|error| Message::io("write", path, &error))
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let temporary = folder.join(TEMPORARY);
    // Created anew, so that a link by this name is not followed.
    let created = unless_missing(fs::remove_file(&temporary))
        .and_then(|()| File::create_new(&temporary))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    let written = created.and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary); // The first error is the one to report.
    }
    written
}

/// Removes a file, if it exists.
pub(super) fn remove_file(path: &Path) -> Result<(), Message> {
    unless_missing(fs::remove_file(path)).map_err(|error| Message::io("remove", path, &error))
}

/// Removes a folder, if it exists and is empty.
pub(super) fn remove_folder_if_empty(path: &Path) -> Result<(), Message> {
    match unless_missing(fs::remove_dir(path)) {
        Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => {
            Err(Message::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Turns "not found" into success.
pub(super) fn unless_missing(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
