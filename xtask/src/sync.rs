//! Makes a folder equal to a set of files, or says how it differs.
//!
//! Writing and checking share one comparison, [`Plan::new`]: a check reports the plan, a write applies it.

mod diff;
mod paths;
mod scan;
mod stage;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub use diff::Diff;
pub(crate) use write::write_file;

use crate::message::{Message, shown};
use crate::release::CHANGELOG;

/// The files a folder should hold: path relative to the folder, with `/`, and text.
pub type Files = BTreeMap<String, String>;

/// Where packages lie in the folder. Build leftovers (`Cargo.lock`, `target/`) and a repository
/// (`.git`) at the root of a package belong to its user and are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The folder is one package.
    Package,
    /// Each folder in the folder is a package.
    Packages,
}

/// What separates a folder from the files that it should hold.
#[derive(Debug)]
pub struct Plan {
    root: PathBuf,
    files: Files,
    /// Files that the folder lacks.
    pub missing: BTreeSet<String>,
    /// Files whose content is another one.
    pub differing: BTreeMap<String, Differing>,
    /// Files that we wrote and that nothing makes any more.
    pub stale: BTreeSet<String>,
    /// What lies in the folder though we did not write it. Never touched.
    pub foreign: Vec<Foreign>,
    /// Whether there may be more of that: a folder full of it is not read to its end.
    pub is_cut: bool,
    /// Temporary files and folders that a killed run left.
    leftovers: Vec<PathBuf>,
    layout: Layout,
    /// The folders in the folder, parents first.
    folders: Vec<String>,
}

/// A file whose content is not what it should be.
#[derive(Debug)]
pub struct Differing {
    /// The first lines that differ.
    pub diff: Diff,
    /// Whether the file may be overwritten: it carries our header, or is empty.
    pub ours: bool,
}

/// An entry of the folder that we did not write.
#[derive(Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Path relative to the folder; a folder ends in `/`.
    pub path: String,
    /// What is wrong with it, as the end of a sentence that begins with the path.
    pub reason: &'static str,
}

impl Plan {
    /// Compares the folder `root`, which need not exist, with `files`. Touches nothing.
    ///
    /// # Errors
    ///
    /// A path of `files` that would leave the folder or clash with another one, a file without
    /// our header among `files`, and whatever cannot be read.
    pub fn new(root: &Path, files: Files, layout: Layout) -> Result<Self, Vec<Message>> {
        let problems = paths::problems(&files, layout);
        if !problems.is_empty() {
            return Err(problems);
        }
        let found = scan::scan(root, &files, layout).map_err(|error| vec![error])?;
        let mut plan = Self {
            root: root.to_owned(),
            missing: files
                .keys()
                .filter(|path| !found.expected.contains(*path))
                .cloned()
                .collect(),
            differing: BTreeMap::new(),
            stale: found.stale,
            foreign: found.foreign,
            is_cut: found.is_cut,
            leftovers: found.leftovers,
            layout,
            folders: found.folders,
            files,
        };
        plan.compare(&found.expected).map_err(|error| vec![error])?;
        Ok(plan)
    }

    fn compare(&mut self, expected: &BTreeSet<String>) -> Result<(), Message> {
        for path in expected {
            let Some(text) = self.files.get(path) else {
                continue;
            };
            let file = self.root.join(path);
            let bytes = fs::read(&file).map_err(|error| Message::io("read", &file, &error))?;
            if bytes != text.as_bytes() {
                let diff = Diff::new(&String::from_utf8_lossy(&bytes), text);
                let ours = bytes.is_empty() || is_marked(&bytes);
                self.differing
                    .insert(path.clone(), Differing { diff, ours });
            }
        }
        Ok(())
    }

    /// Whether the folder is what it should be.
    pub fn is_current(&self) -> bool {
        self.missing.is_empty()
            && self.differing.is_empty()
            && self.stale.is_empty()
            && self.foreign.is_empty()
    }

    /// The files that [`apply`](Self::apply) writes.
    pub fn written(&self) -> BTreeSet<&str> {
        self.missing
            .iter()
            .chain(self.differing.keys())
            .map(String::as_str)
            .collect()
    }

    /// How many files are what they should be.
    pub fn unchanged(&self) -> usize {
        self.files.len() - self.missing.len() - self.differing.len()
    }

    /// What keeps [`apply`](Self::apply) from its work, a line each: files that we did not write.
    pub fn obstacles(&self) -> Vec<String> {
        let foreign = self.foreign.iter().map(|entry| (&entry.path, entry.reason));
        let unmarked = self.differing.iter().filter(|(_, file)| !file.ours);
        let unmarked = unmarked.map(|(path, _)| (path, "lacks the header of generated files"));
        let line = |(path, reason)| format!("{} {reason}", shown(&self.root.join(path)));
        let more = self
            .is_cut
            .then(|| "and perhaps more: the rest was not looked at".to_owned());
        foreign.chain(unmarked).map(line).chain(more).collect()
    }

    /// Makes the folder what it should be. Each file is the old or the new one at every moment, and
    /// new packages appear whole.
    ///
    /// # Errors
    ///
    /// The [`obstacles`](Self::obstacles), before anything is touched; then the first file that
    /// cannot be written or removed. Another run goes on from there.
    pub fn apply(&self) -> Result<(), Message> {
        let obstacles = self.obstacles();
        if !obstacles.is_empty() {
            let text = format!("{} holds what codegen did not write", shown(&self.root));
            return Err(Message::error(text)
                .details(obstacles)
                .note("nothing was touched")
                .help("move it elsewhere, or generate into another folder"));
        }
        self.write_records()?;
        self.remove()?;
        self.write()
    }

    /// A changelog says what the other files are about to be, so that a run that was killed can be
    /// told from files that were edited.
    fn write_records(&self) -> Result<(), Message> {
        for path in self.written().into_iter().filter(|path| is_record(path)) {
            let file = self.root.join(path);
            let folder = file.parent().unwrap_or(&file);
            if let Some(text) = self.files.get(path).filter(|_| folder.exists()) {
                write_file(&file, text)?;
            }
        }
        Ok(())
    }

    /// The folders of packages that [`apply`](Self::apply) removed, but for their build leftovers.
    pub fn remains(&self) -> impl Iterator<Item = PathBuf> {
        let wanted = paths::folders(&self.files);
        let gone = self
            .folders
            .iter()
            .filter(move |folder| !wanted.contains(folder.as_str()));
        gone.map(|folder| self.root.join(folder))
            .filter(|folder| folder.exists())
    }

    /// Removal comes first: on a disk that ignores case a stale `Foo.rs` is the file `foo.rs`.
    fn remove(&self) -> Result<(), Message> {
        for path in &self.leftovers {
            write::remove_file(path)?;
        }
        for path in stage::leftovers(&self.root) {
            stage::remove(&self.root, &path)?;
        }
        let wanted = paths::folders(&self.files);
        let gone = || {
            self.folders
                .iter()
                .filter(|folder| !wanted.contains(folder.as_str()))
        };
        for folder in gone().filter(|folder| self.is_whole_package(folder)) {
            stage::remove(&self.root, &self.root.join(folder))?;
        }
        for path in manifests_first(self.stale.iter().map(String::as_str)) {
            write::remove_file(&self.root.join(path))?;
        }
        for folder in gone().rev() {
            write::remove_folder_if_empty(&self.root.join(folder))?;
        }
        Ok(())
    }

    /// Whether the folder is that of a package, with nothing in it that belongs to its user.
    fn is_whole_package(&self, folder: &str) -> bool {
        let is_package = self.layout == Layout::Packages && !folder.contains('/');
        is_package
            && fs::read_dir(self.root.join(folder)).is_ok_and(|entries| {
                let names = entries.flatten().map(|entry| entry.file_name());
                let mut paths = names.map(|name| format!("{folder}/{}", name.to_string_lossy()));
                !paths.any(|path| paths::is_kept(&path, self.layout))
            })
    }

    fn write(&self) -> Result<(), Message> {
        let mut written = self.written();
        for (prefix, files) in self.new_packages() {
            if stage::create(&self.root, &prefix, &files)? {
                written.retain(|path| !path.starts_with(&prefix));
            }
        }
        let mut ordered = manifests_first(written);
        ordered.sort_by_key(|path| is_record(path));
        for path in ordered.into_iter().rev() {
            if let Some(text) = self.files.get(path) {
                write_file(&self.root.join(path), text)?;
            }
        }
        Ok(())
    }

    /// The packages whose folders do not exist yet: what their paths begin with, and their files.
    fn new_packages(&self) -> BTreeMap<String, Files> {
        let mut packages = BTreeMap::<_, Files>::new();
        for (path, text) in &self.files {
            let (folder, rest) = match self.layout {
                Layout::Package => ("", path.as_str()),
                Layout::Packages => path.split_once('/').unwrap_or_default(),
            };
            if !self.root.join(folder).exists() {
                let prefix = &path[..path.len() - rest.len()];
                let files = packages.entry(prefix.to_owned()).or_default();
                files.insert(rest.to_owned(), text.clone());
            }
        }
        packages
    }
}

fn is_record(path: &str) -> bool {
    path.rsplit('/').next() == Some(CHANGELOG)
}

/// Replaces a single file, if there is a text for it, and removes what killed runs left beside it.
#[cfg(feature = "fetch")]
pub(crate) fn replace(path: &Path, text: Option<&str>) -> Result<(), Message> {
    let folder = path.parent().unwrap_or(path);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(write::is_temporary) {
            write::remove_file(&entry.path())?;
        }
    }
    text.map_or(Ok(()), |text| write_file(path, text))
}

/// The files in the folder of a package that carry our header, by path and text.
pub(crate) fn marked(folder: &Path) -> Result<Files, Message> {
    let found = scan::scan(folder, &Files::new(), Layout::Package)?;
    let mut files = Files::new();
    for path in found.stale {
        let file = folder.join(&path);
        let bytes = fs::read(&file).map_err(|error| Message::io("read", &file, &error))?;
        files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(files)
}

/// Manifests are removed first and written last: a folder with a manifest is a whole package.
fn manifests_first<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let (mut ordered, rest): (Vec<_>, Vec<_>) = paths
        .into_iter()
        .partition(|path| path.ends_with("Cargo.toml"));
    ordered.extend(rest);
    ordered
}

/// Whether a file carries the header of the files that we write: in its first five lines.
pub(crate) fn is_marked(bytes: &[u8]) -> bool {
    let mark = generator::HEADER_MARK.as_bytes();
    bytes
        .split(|byte| *byte == b'\n')
        .take(5)
        .any(|line| line.windows(mark.len()).any(|window| window == mark))
}

#[cfg(test)]
mod tests;
