//! Folders that appear and disappear at once: cargo refuses to work in a workspace with half of a
//! package, and this tool is run by cargo.
//!
//! A new folder is written beside the output folder, out of reach of the workspace's `members`, and
//! renamed into its place. All steps go by path, so that a run which takes the folder of another
//! for that of a killed one makes it start anew, and neither sees half of anything.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::write::{ATTEMPTS, TEMPORARY, is_unique, unique};
use super::{Files, paths};
use crate::message::Message;

/// Makes a folder with these files: `folder` in the output folder `root`, or `root` itself if that
/// is empty. The answer is whether it did: not if there is such a folder by now, or no way to it.
pub(super) fn create(root: &Path, folder: &str, files: &Files) -> Result<bool, Message> {
    let target = match folder.trim_end_matches('/') {
        "" => root.to_owned(),
        folder => root.join(folder),
    };
    for attempt in 1.. {
        let Some(staging) = Staging::beside(root) else {
            return Ok(false);
        };
        let done = staging.fill(files, &target);
        match done.and_then(|()| staging.rename(&target)) {
            Ok(()) => return Ok(true),
            Err(_) if target.exists() => return Ok(false),
            Err((_, error)) if is_out_of_reach(&error) => return Ok(false),
            Err((_, error)) if error.kind() == ErrorKind::NotFound && attempt < ATTEMPTS => {}
            Err((path, error)) => return Err(Message::io("write", &path, &error)),
        }
    }
    Ok(false)
}

/// Whether there is no way from beside the output folder into it: one of the two is a link to
/// another disk, or is another's. Files can be written one by one then.
fn is_out_of_reach(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::CrossesDevices | ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

/// Removes the folder `path` with all that is in it. One that is gone already is no error.
pub(super) fn remove(root: &Path, path: &Path) -> Result<(), Message> {
    let removed = match Staging::beside(root) {
        Some(staging) => match fs::rename(path, &staging.0) {
            Ok(()) => fs::remove_dir_all(&staging.0),
            Err(error) if is_out_of_reach(&error) => fs::remove_dir_all(path),
            Err(error) => Err(error),
        },
        None => fs::remove_dir_all(path),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Message::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// What killed runs have left beside the output folder.
pub(super) fn leftovers(root: &Path) -> Vec<PathBuf> {
    let (Some(prefix), Some(parent)) = (prefix(root), parent(root)) else {
        return Vec::new();
    };
    let is_ours = |name: &str| name.strip_prefix(&prefix).is_some_and(is_unique);
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders
        .filter(|entry| entry.file_name().to_str().is_some_and(is_ours))
        .map(|entry| entry.path())
        .collect()
}

fn prefix(root: &Path) -> Option<String> {
    Some(format!(".{}-", root.file_name()?.to_str()?))
}

/// Where the folder lies: nothing if it is a root, or given as `..`.
fn parent(root: &Path) -> Option<&Path> {
    let parent = root.parent()?;
    Some(if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    })
}

/// A folder that exists no longer than this value.
struct Staging(PathBuf);

impl Staging {
    fn beside(root: &Path) -> Option<Self> {
        let name = prefix(root)? + &unique() + TEMPORARY;
        Some(Self(parent(root)?.join(name)))
    }

    /// Writes the files. An error names the file as it will be called in `target`.
    fn fill(&self, files: &Files, target: &Path) -> Result<(), (PathBuf, io::Error)> {
        let named = |path: &str| {
            let path = target.join(path);
            move |error| (path, error)
        };
        if let Some(parent) = self.0.parent() {
            fs::create_dir_all(parent).map_err(named(""))?;
        }
        // Not `create_dir_all`: a folder that another run has taken away must not come back.
        fs::create_dir(&self.0).map_err(named(""))?;
        for folder in paths::folders(files) {
            fs::create_dir(self.0.join(folder)).map_err(named(folder))?;
        }
        for (path, text) in files {
            let write = File::create_new(self.0.join(path))
                .and_then(|mut file| file.write_all(text.as_bytes()));
            write.map_err(named(path))?;
        }
        Ok(())
    }

    fn rename(&self, target: &Path) -> Result<(), (PathBuf, io::Error)> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
        }
        fs::rename(&self.0, target).map_err(|error| (target.to_owned(), error))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After the rename there is nothing to remove, and after an error that one is worth more.
        let _ = fs::remove_dir_all(&self.0);
    }
}
