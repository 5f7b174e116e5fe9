//! Writing and removing single files, so that a killed run leaves no half of one.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::message::Message;

/// How the names of temporary files and folders end.
pub(super) const TEMPORARY: &str = ".xtask-tmp";

/// How often a write begins anew when another run removes its temporary or its folder.
pub(super) const ATTEMPTS: u32 = 16;

/// Whether a file of this name is a temporary that [`write_file`] makes: `.1234-5.xtask-tmp`.
pub(super) fn is_temporary(name: &str) -> bool {
    name.strip_prefix('.').is_some_and(is_unique)
}

/// Whether this is what [`unique`] gives, with the end of a temporary.
pub(super) fn is_unique(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let ids = name
        .strip_suffix(TEMPORARY)
        .and_then(|name| name.split_once('-'));
    ids.is_some_and(|(process, count)| is_number(process) && is_number(count))
}

/// Writes a file by way of a temporary beside it and a rename, and makes the folders above it.
///
/// No fsync: what a power cut takes, the next run makes again.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Message> {
    let mut result = Ok(());
    for _ in 0..ATTEMPTS {
        result = replace(path, text);
        match &result {
            // A run at the same time took the temporary for that of a killed run, or the folder for an empty one.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            _ => break,
        }
    }
    result.map_err(|error| Message::io("write", path, &error))
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let temporary = Temporary::new(folder);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary.0)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    fs::rename(&temporary.0, path)
}

/// A part of a name that no other temporary of any run has.
pub(super) fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}-{}",
        process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

/// The name of a file that exists no longer than this value.
struct Temporary(PathBuf);

impl Temporary {
    fn new(folder: &Path) -> Self {
        Self(folder.join(format!(".{}{TEMPORARY}", unique())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After the rename there is nothing to remove, and after an error that one is worth more.
        let _ = fs::remove_file(&self.0);
    }
}

/// Removes a file. One that is gone already is no error: a run at the same time removed it.
pub(super) fn remove_file(path: &Path) -> Result<(), Message> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Message::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes a folder with nothing in it.
pub(super) fn remove_folder_if_empty(path: &Path) -> Result<(), Message> {
    match fs::remove_dir(path) {
        Err(error)
            if !matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty
            ) =>
        {
            Err(Message::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}
