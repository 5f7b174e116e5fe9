//! Makes a folder equal to the files that it should hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::files::{CHANGELOG, Files, Layout};
use super::folder_diff::FolderDiff;
use super::staging::Staging;
use super::write::{remove_file, remove_folder_if_empty, write_file};
use crate::message::{Message, shown};

impl FolderDiff {
    /// Writes and removes files. Each file is the old or the new one at every moment, and new
    /// packages appear complete.
    ///
    /// # Errors
    ///
    /// The [`conflicts`](Self::conflicts), before anything is touched; then the first file that
    /// cannot be written or removed. Another run continues from there.
    pub fn apply(&self) -> Result<(), Message> {
        let conflicts = self.conflicts();
        if !conflicts.is_empty() {
            let text = format!(
                "{} holds files that codegen did not write",
                shown(&self.root)
            );
            return Err(Message::error(text)
                .details(conflicts)
                .note("nothing was touched")
                .help("move them elsewhere, or generate into another folder"));
        }
        let staging = Staging::beside(&self.root)?;
        self.write_changelogs()?;
        self.remove(&staging)?;
        self.write(&staging)
    }

    /// Writes the changelogs of packages that exist: a changelog records the other files before they
    /// are written, so that the next run can distinguish a killed run from edits.
    fn write_changelogs(&self) -> Result<(), Message> {
        for path in self
            .written()
            .into_iter()
            .filter(|path| rank(path) == Rank::Changelog)
        {
            let file = self.below(path)?;
            if file.parent().is_some_and(|folder| folder.exists()) {
                self.write_one(path)?;
            }
        }
        Ok(())
    }

    /// Removal comes first: on a disk that ignores case a stale `Foo.rs` is the file `foo.rs`.
    fn remove(&self, staging: &Staging) -> Result<(), Message> {
        for path in &self.temporaries {
            remove_file(&self.below(path)?)?;
        }
        for folder in self
            .removed_folders()
            .filter(|folder| self.is_entire_package(folder))
        {
            staging.remove(&self.below(folder)?)?;
        }
        let mut stale: Vec<&str> = self.stale.iter().map(String::as_str).collect();
        stale.sort_by_key(|path| std::cmp::Reverse(rank(path)));
        for path in stale {
            remove_file(&self.below(path)?)?;
        }
        for folder in self.removed_folders().rev() {
            remove_folder_if_empty(&self.below(folder)?)?;
        }
        Ok(())
    }

    /// Returns whether the folder is that of a package without anything that belongs to its user.
    fn is_entire_package(&self, folder: &str) -> bool {
        let is_package = self.layout == Layout::Packages && !folder.contains('/');
        is_package
            && fs::read_dir(self.root.join(folder)).is_ok_and(|entries| {
                let names = entries.flatten().map(|entry| entry.file_name());
                let mut paths = names.map(|name| format!("{folder}/{}", name.to_string_lossy()));
                !paths.any(|path| self.layout.is_user_owned(&path))
            })
    }

    fn write(&self, staging: &Staging) -> Result<(), Message> {
        let mut written: Vec<&str> = self.written().into_iter().collect();
        for (folder, files) in self.new_packages() {
            if staging.create(&self.root.join(folder), &files)? {
                let is_in =
                    |path: &&str| self.layout.split(path).is_some_and(|(of, _)| of == folder);
                written.retain(|path| !is_in(path));
            }
        }
        written.sort_by_key(|path| rank(path));
        written
            .into_iter()
            .try_for_each(|path| self.write_one(path))
    }

    fn write_one(&self, path: &str) -> Result<(), Message> {
        let text = self.files.get(path);
        text.map_or(Ok(()), |text| write_file(&self.below(path)?, text))
    }

    /// Returns the full path of a file or folder, unless a folder above it became a symbolic link since
    /// the scan.
    fn below(&self, path: &str) -> Result<PathBuf, Message> {
        let parents = path.match_indices('/').map(|(end, _)| &path[..end]);
        for parent in parents.map(|parent| self.root.join(parent)) {
            if parent.is_symlink() {
                let text = format!("{} has become a symbolic link", shown(&parent));
                return Err(Message::error(text).help("links are never followed: remove it"));
            }
        }
        Ok(self.root.join(path))
    }

    /// Returns the packages whose folders do not exist yet, with their files.
    fn new_packages(&self) -> BTreeMap<&str, Files> {
        let mut packages = BTreeMap::<_, Files>::new();
        for (path, text) in self
            .files
            .iter()
            .filter(|(path, _)| self.missing.contains(*path))
        {
            let Some((folder, path)) = self.layout.split(path) else {
                continue;
            };
            if packages.contains_key(folder) || !self.root.join(folder).exists() {
                let files = packages.entry(folder).or_default();
                files.insert(path.to_owned(), text.clone());
            }
        }
        packages
    }
}

/// The order in which files are written: a folder with a manifest is a complete package. They are
/// removed in reverse order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Changelog,
    Other,
    Manifest,
}

fn rank(path: &str) -> Rank {
    match path.rsplit('/').next() {
        Some(CHANGELOG) => Rank::Changelog,
        Some("Cargo.toml") => Rank::Manifest,
        _ => Rank::Other,
    }
}
