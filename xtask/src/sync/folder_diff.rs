//! The comparison of a folder with the files that it should hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::files::{Files, Layout, folders, is_generated};
use super::lines::Lines;
use super::paths;
use super::scan::{self, Found};
use crate::message::{Message, shown};

pub use super::scan::Foreign;

/// Differences between a folder and the files that it should hold.
#[derive(Debug)]
pub struct FolderDiff {
    /// Files that the folder lacks.
    pub missing: BTreeSet<String>,
    /// Files with another content.
    pub differing: BTreeMap<String, Differing>,
    /// Generated files that no longer belong to a package.
    pub stale: BTreeSet<String>,
    /// Entries that codegen did not write, and never touches.
    pub foreign: Vec<Foreign>,
    /// True if the scan ended early, after too many foreign entries.
    pub is_cut: bool,
    pub(super) root: PathBuf,
    pub(super) files: Files,
    pub(super) layout: Layout,
    /// Temporary files that a killed run left.
    pub(super) temporaries: Vec<String>,
    /// Folders in the folder, parents first.
    folders: Vec<String>,
}

/// A file with another content.
#[derive(Debug)]
pub struct Differing {
    /// The first lines that differ.
    pub lines: Lines,
    /// True if the file may be overwritten: it carries our header, or is empty.
    pub is_ours: bool,
}

impl FolderDiff {
    /// Compares the folder `root`, which need not exist, with `files`. Touches nothing.
    ///
    /// # Errors
    ///
    /// A path of `files` that would leave the folder or clash with another one, a file without
    /// our header among `files`, and whatever cannot be read.
    pub fn new(root: &Path, files: Files, layout: Layout) -> Result<Self, Vec<Message>> {
        Self::beside(root, files, layout, &BTreeSet::new())
    }

    /// Compares like [`new`](Self::new), but leaves out the folders of the `kept` packages.
    ///
    /// # Errors
    ///
    /// The errors of [`new`](Self::new).
    pub fn beside(
        root: &Path,
        files: Files,
        layout: Layout,
        kept: &BTreeSet<String>,
    ) -> Result<Self, Vec<Message>> {
        let problems = paths::problems(&files, layout);
        if !problems.is_empty() {
            return Err(problems);
        }
        let found = scan::scan(root, &files, layout, kept).map_err(|error| vec![error])?;
        let differing = differing(root, &files, &found).map_err(|error| vec![error])?;
        let is_missing = |path: &&String| !found.expected.contains(*path);
        Ok(Self {
            missing: files.keys().filter(is_missing).cloned().collect(),
            differing,
            stale: found.stale,
            foreign: found.foreign,
            is_cut: found.is_cut,
            root: root.to_owned(),
            files,
            layout,
            temporaries: found.temporaries,
            folders: found.folders,
        })
    }

    /// Returns whether the folder is up to date.
    pub fn is_current(&self) -> bool {
        self.missing.is_empty()
            && self.differing.is_empty()
            && self.stale.is_empty()
            && self.foreign.is_empty()
    }

    /// Returns the files that [`apply`](Self::apply) writes.
    pub fn written(&self) -> BTreeSet<&str> {
        self.missing
            .iter()
            .chain(self.differing.keys())
            .map(String::as_str)
            .collect()
    }

    /// Returns the number of files that are up to date.
    pub fn unchanged(&self) -> usize {
        self.files.len() - self.missing.len() - self.differing.len()
    }

    /// Returns a line for each file that keeps [`apply`](Self::apply) from its work: codegen did not
    /// write it.
    pub fn conflicts(&self) -> Vec<String> {
        let foreign = self.foreign.iter().map(|entry| (&entry.path, entry.reason));
        let unmarked = self.differing.iter().filter(|(_, file)| !file.is_ours);
        let unmarked = unmarked.map(|(path, _)| (path, "lacks the header of generated files"));
        let line = |(path, reason)| format!("{} {reason}", shown(&self.root.join(path)));
        let more = self
            .is_cut
            .then(|| "and perhaps more: the rest was not scanned".to_owned());
        foreign.chain(unmarked).map(line).chain(more).collect()
    }

    /// Returns the folders of removed packages that still hold build output after
    /// [`apply`](Self::apply).
    pub fn leftovers(&self) -> impl Iterator<Item = PathBuf> {
        let removed = self.removed_folders().map(|folder| self.root.join(folder));
        removed.filter(|folder| folder.exists())
    }

    /// Returns the folders without a file that belongs there, parents first.
    pub(super) fn removed_folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        let wanted = folders(&self.files);
        let folders = self.folders.iter().map(String::as_str);
        folders.filter(move |folder| !wanted.contains(folder))
    }
}

fn differing(
    root: &Path,
    files: &Files,
    found: &Found,
) -> Result<BTreeMap<String, Differing>, Message> {
    let mut differing = BTreeMap::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| found.expected.contains(*path))
    {
        let file = root.join(path);
        let bytes = fs::read(&file).map_err(|error| Message::io("read", &file, &error))?;
        if bytes != text.as_bytes() {
            let file = Differing {
                lines: Lines::new(&String::from_utf8_lossy(&bytes), text),
                is_ours: bytes.is_empty() || is_generated(path, &bytes),
            };
            differing.insert(path.clone(), file);
        }
    }
    Ok(differing)
}
