//! Creates and removes whole packages at once, so that cargo never sees a part of one.
//!
//! A package is written beside the output folder, outside of the workspace's `members`, and renamed
//! into place.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::files::Files;
use super::write::unless_missing;
use crate::message::Message;

/// The folder beside an output folder; none if that is a root or named `..`.
pub(super) struct Staging(Option<PathBuf>);

impl Staging {
    /// Removes what a killed run left there.
    pub(super) fn beside(root: &Path) -> Result<Self, Message> {
        let staging = Self(path(root));
        if let Some(path) = &staging.0 {
            unless_missing(fs::remove_dir_all(path))
                .map_err(|error| Message::io("remove", path, &error))?;
        }
        Ok(staging)
    }

    /// Creates the folder `target` with these files. Returns false if it has to be written in place.
    pub(super) fn create(&self, target: &Path, files: &Files) -> Result<bool, Message> {
        let Some(staged) = &self.0 else {
            return Ok(false);
        };
        let moved = fill(staged, files).and_then(|()| {
            let folder = target.parent().unwrap_or(target);
            let moved = fs::create_dir_all(folder).and_then(|()| fs::rename(staged, target));
            moved.map_err(|error| (String::new(), error))
        });
        match moved {
            Ok(()) => Ok(true),
            Err((_, error)) if is_out_of_reach(&error) => Ok(false),
            Err((path, error)) => Err(Message::io("write", &target.join(path), &error)),
        }
    }

    /// Removes the folder `target` and its content.
    pub(super) fn remove(&self, target: &Path) -> Result<(), Message> {
        let removed = match &self.0 {
            Some(staged) => match fs::rename(target, staged) {
                Ok(()) => fs::remove_dir_all(staged),
                Err(error) if is_out_of_reach(&error) => fs::remove_dir_all(target),
                Err(error) => Err(error),
            },
            None => fs::remove_dir_all(target),
        };
        unless_missing(removed).map_err(|error| Message::io("remove", target, &error))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After success there is nothing to remove; after an error, that one is reported.
        let _ = self.0.as_deref().map(fs::remove_dir_all);
    }
}

fn path(root: &Path) -> Option<PathBuf> {
    let name = format!(".{}.xtask-tmp", root.file_name()?.to_str()?);
    Some(root.parent()?.join(name))
}

/// Writes the files of a new folder. An error comes with the path of its file.
fn fill(folder: &Path, files: &Files) -> Result<(), (String, io::Error)> {
    for (path, text) in files {
        let file = folder.join(path);
        let written = fs::create_dir_all(file.parent().unwrap_or(folder))
            .and_then(|()| fs::write(&file, text));
        written.map_err(|error| (path.clone(), error))?;
    }
    Ok(())
}

/// Returns whether nothing can be moved between the output folder and the one beside it: one of
/// them is a link to another disk, or belongs to someone else.
fn is_out_of_reach(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::CrossesDevices | ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}
