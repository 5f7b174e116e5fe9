//! Records of earlier runs, by which documents that would give the same package are skipped.
//!
//! They are in `target/`, and each is valid for one build of this program. The package on the disk
//! is compared by its content, so a record can save work but not hide a change.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::summary::Summary;
use crate::documents::DocumentFiles;
use crate::message::Message;
use crate::sync::{self, Files};

/// The records of all documents, by the names of their files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Records(BTreeMap<String, Record>);

/// The result of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// A hash of all that the package is generated from.
    pub(super) input: u64,
    /// A hash of its files.
    pub(super) output: u64,
    /// The folder of the package.
    pub(super) folder: String,
    /// The summary of a run that skips it.
    pub(super) summary: Summary,
    /// The warnings of the document, which every run prints.
    pub(super) warnings: Vec<Message>,
}

impl Records {
    /// Reads the records in the folder `target`; none if they are damaged.
    pub(super) fn read(target: &Path) -> Self {
        let text = fs::read_to_string(path(target)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the records in the folder `target`.
    pub(super) fn replace(&self, records: BTreeMap<String, Record>, target: &Path) {
        if self.0 != records
            && let Ok(text) = serde_json::to_string(&Self(records))
        {
            // Without them the next run generates everything.
            let _ = sync::write_file(&path(target), &text);
        }
    }

    /// Returns the record of a document if its package is on the disk as it would be generated.
    pub(super) fn current(&self, document: &str, input: u64, packages: &Path) -> Option<&Record> {
        let record = self
            .0
            .get(document)
            .filter(|record| record.input == input)?;
        let files = sync::exact_files(&packages.join(&record.folder));
        let is_current = files.is_ok_and(|files| {
            files.is_some_and(|files| !files.is_empty() && output(&files) == record.output)
        });
        is_current.then_some(record)
    }
}

fn path(target: &Path) -> PathBuf {
    target.join("xtask-codegen.json")
}

/// Returns a hash of this build of the program and of its working directory, which paths in messages are
/// relative to; nothing where the system does not say.
pub(super) fn program() -> Option<u64> {
    let file = fs::metadata(env::current_exe().ok()?).ok()?;
    let mut hash = DefaultHasher::new();
    (file.len(), file.modified().ok()?, env::current_dir().ok()?).hash(&mut hash);
    Some(hash.finish())
}

/// Returns a hash of all that a package is generated from.
pub(super) fn input(program: u64, files: &DocumentFiles, options: &impl Hash) -> u64 {
    let overlay = files.overlay.as_ref().map(|overlay| &overlay.text);
    let mut hash = DefaultHasher::new();
    (program, &files.document.text, overlay, options).hash(&mut hash);
    hash.finish()
}

/// Returns a hash of the files of a package.
pub(super) fn output(files: &Files) -> u64 {
    let mut hash = DefaultHasher::new();
    files.hash(&mut hash);
    hash.finish()
}
