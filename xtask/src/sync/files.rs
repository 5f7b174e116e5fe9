//! The files of packages, and the header that generated ones carry.

use std::collections::{BTreeMap, BTreeSet};

/// The files that a folder should hold: path relative to the folder, with `/`, and text.
pub type Files = BTreeMap<String, String>;

/// The name of the changelog, at the root of a package: a record of its content.
pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

/// Position of packages in the folder. Build output (`Cargo.lock`, `target/`) and a repository
/// (`.git`) at the root of a package belong to its user and are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The folder is one package.
    Package,
    /// Each folder in the folder is a package.
    Packages,
}

/// Entries at the root of a package that belong to cargo, git and its user.
const USER_OWNED: [&str; 3] = [".git", "Cargo.lock", "target"];

impl Layout {
    /// Splits a path into the folder of its package and the path below that.
    pub(super) fn split(self, path: &str) -> Option<(&str, &str)> {
        match self {
            Self::Package => Some(("", path)),
            Self::Packages => path.split_once('/'),
        }
    }

    /// Returns whether the user of a package owns `path`, so that it is left alone.
    pub(super) fn is_user_owned(self, path: &str) -> bool {
        let first = self
            .split(path)
            .and_then(|(_, path)| path.split('/').next());
        first.is_some_and(|first| {
            USER_OWNED
                .iter()
                .any(|name| name.eq_ignore_ascii_case(first))
        })
    }
}

/// Returns the folders that `files` lie in.
pub(super) fn folders(files: &Files) -> BTreeSet<&str> {
    files
        .keys()
        .flat_map(|path| path.match_indices('/').map(|(end, _)| &path[..end]))
        .collect()
}

/// The number of bytes at the start of a file that show whether it is generated.
pub(super) const HEAD: u64 = 16 << 10;

/// Returns whether codegen wrote a file: it carries the header, or is a license of generated packages.
pub(super) fn is_generated(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next();
    let is_license = |(file, text): &(&str, &str)| name == Some(*file) && text.as_bytes() == bytes;
    is_marked(bytes) || generator::LICENSES.iter().any(is_license)
}

/// Returns whether a file carries the header of generated files in its first five lines.
pub(crate) fn is_marked(bytes: &[u8]) -> bool {
    let mark = generator::HEADER_MARK.as_bytes();
    bytes
        .split(|byte| *byte == b'\n')
        .take(5)
        .any(|line| line.windows(mark.len()).any(|window| window == mark))
}
