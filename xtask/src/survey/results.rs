//! Results of compiling packages, kept in `target/survey` from one survey to the next.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::generate::Generated;
use crate::message::Message;
use crate::sync;

/// The results by the names of packages.
#[derive(Debug, Default)]
pub(super) struct Results {
    path: PathBuf,
    packages: BTreeMap<String, Compiled>,
}

/// The result of one package.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Compiled {
    /// A hash of the document.
    document: u64,
    /// A hash of the files of the package.
    package: u64,
    /// The number of warnings and errors.
    pub(super) problems: usize,
    /// The time that clippy took for the library alone.
    pub(super) seconds: Option<f64>,
}

impl Results {
    /// Reads the results in a folder; none if they are damaged.
    pub(super) fn read(folder: &Path) -> Self {
        let path = folder.join("results.json");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let packages = serde_json::from_str(&text).unwrap_or_default();
        Self { path, packages }
    }

    /// Returns whether the code of a package was compiled before, without a problem.
    pub(super) fn is_done(&self, generated: &Generated) -> bool {
        self.packages
            .get(&generated.name)
            .is_some_and(|compiled| compiled.package == generated.hash && compiled.problems == 0)
    }

    /// Returns the result for a document, even if the generator has changed since.
    pub(super) fn of(&self, generated: &Generated) -> Option<&Compiled> {
        let compiled = self.packages.get(&generated.name)?;
        let is_same = [compiled.document, compiled.package]
            .iter()
            .zip([generated.document, generated.hash])
            .any(|(old, new)| *old == new);
        is_same.then_some(compiled)
    }

    /// Adds results, and writes all of them.
    pub(super) fn add<'a>(
        &mut self,
        results: impl IntoIterator<Item = (&'a Generated, usize, Option<f64>)>,
    ) -> Result<(), Message> {
        for (generated, problems, seconds) in results {
            let old = self.packages.get(&generated.name);
            let old = old.filter(|old| old.package == generated.hash);
            let compiled = Compiled {
                document: generated.document,
                package: generated.hash,
                problems,
                // A package that was up to date took no time.
                seconds: seconds.or_else(|| old?.seconds),
            };
            self.packages.insert(generated.name.clone(), compiled);
        }
        let text = serde_json::to_string(&self.packages).unwrap_or_default();
        sync::write_file(&self.path, &text)
    }
}
