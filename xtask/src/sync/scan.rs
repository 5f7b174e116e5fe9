//! Scans a folder: expected files, other generated files, and files that codegen did not write.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::Path;

use super::files::{Files, HEAD, Layout, is_generated};
use super::write;
use crate::message::Message;

/// A folder with this many foreign entries is probably the wrong one: `--out ~`.
const ENOUGH: usize = 10;

/// The entries of a folder by kind. Paths are relative to the folder.
#[derive(Default)]
pub(super) struct Found {
    /// Files with an expected path.
    pub(super) expected: BTreeSet<String>,
    /// Other files that carry our header.
    pub(super) stale: BTreeSet<String>,
    /// The rest; at most [`ENOUGH`].
    pub(super) foreign: Vec<Foreign>,
    /// True if there may be more of them.
    pub(super) is_cut: bool,
    /// Temporaries of killed runs.
    pub(super) temporaries: Vec<String>,
    /// Folders, parents first.
    pub(super) folders: Vec<String>,
}

/// An entry of the folder that codegen did not write.
#[derive(Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Path relative to the folder; a folder ends in `/`.
    pub path: String,
    /// The problem, as the end of a sentence that begins with the path.
    pub reason: &'static str,
}

/// Returns the generated files in the folder of a package, by path and text.
pub(crate) fn generated_files(folder: &Path) -> Result<Files, Message> {
    read(folder, package(folder)?)
}

/// Returns the generated files in the folder of a package; nothing if it has anything else.
pub(crate) fn exact_files(folder: &Path) -> Result<Option<Files>, Message> {
    let found = package(folder)?;
    if !found.foreign.is_empty() || !found.temporaries.is_empty() {
        return Ok(None);
    }
    read(folder, found).map(Some)
}

fn package(folder: &Path) -> Result<Found, Message> {
    scan(folder, &Files::new(), Layout::Package, &BTreeSet::new())
}

fn read(folder: &Path, found: Found) -> Result<Files, Message> {
    let mut files = Files::new();
    for path in found.stale {
        let file = folder.join(&path);
        let bytes = fs::read(&file).map_err(|error| Message::io("read", &file, &error))?;
        files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(files)
}

/// Walks the folder `root`, but not the `kept` packages in it. Follows no symbolic link, except `root`
/// itself.
pub(super) fn scan(
    root: &Path,
    expected: &Files,
    layout: Layout,
    kept: &BTreeSet<String>,
) -> Result<Found, Message> {
    let mut scan = Scan {
        root,
        expected,
        layout,
        kept,
        found: Found::default(),
        todo: vec![String::new()],
    };
    while let Some(folder) = scan.todo.pop() {
        scan.folder(&folder)?;
        if scan.found.foreign.len() >= ENOUGH {
            scan.found.is_cut = true;
            break;
        }
    }
    Ok(scan.found)
}

struct Scan<'a> {
    root: &'a Path,
    expected: &'a Files,
    layout: Layout,
    kept: &'a BTreeSet<String>,
    found: Found,
    todo: Vec<String>,
}

impl Scan<'_> {
    fn folder(&mut self, folder: &str) -> Result<(), Message> {
        let full = if folder.is_empty() {
            self.root.to_owned()
        } else {
            self.root.join(folder)
        };
        let entries =
            fs::read_dir(&full).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let mut entries = match entries {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(|error| Message::io("read", &full, &error))?,
        };
        entries.sort_by_key(DirEntry::file_name);
        for entry in &entries {
            match self.entry(folder, entry) {
                // Its user removed it meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                result => result.map_err(|error| Message::io("read", &entry.path(), &error))?,
            }
            if self.found.foreign.len() >= ENOUGH {
                break;
            }
        }
        Ok(())
    }

    fn entry(&mut self, folder: &str, entry: &DirEntry) -> io::Result<()> {
        let file_name = entry.file_name();
        let name = file_name.to_string_lossy();
        let path = if folder.is_empty() {
            name.to_string()
        } else {
            format!("{folder}/{name}")
        };
        if self.layout.is_user_owned(&path) {
            return Ok(());
        }
        let file_type = entry.file_type()?;
        if file_name.to_str().is_none() {
            self.foreign(path, "has a name that is not UTF-8");
        } else if file_type.is_dir() {
            self.subfolder(path, entry);
        } else if !file_type.is_file() {
            self.foreign(
                path,
                "is a symbolic link or a device, which is never followed",
            );
        } else if write::is_temporary(&name) {
            self.found.temporaries.push(path);
        } else if self.expected.contains_key(&path) {
            self.found.expected.insert(path);
        } else if is_generated(&path, &head(&entry.path())?) {
            self.found.stale.insert(path);
        } else {
            self.foreign(path, "was not written by codegen");
        }
        Ok(())
    }

    fn subfolder(&mut self, path: String, entry: &DirEntry) {
        if self.kept.contains(&path) {
            return;
        }
        let is_root = self.layout == Layout::Packages && !path.contains('/');
        if !is_root && entry.path().join("Cargo.toml").exists() {
            self.foreign(format!("{path}/"), "is a package of its own");
        } else {
            self.todo.push(path.clone());
            self.found.folders.push(path);
        }
    }

    fn foreign(&mut self, path: String, reason: &'static str) {
        self.found.foreign.push(Foreign { path, reason });
    }
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}
