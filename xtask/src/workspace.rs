//! Folders of this workspace, and relative paths between folders.

use std::env;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::message::Message;

/// The folder of this workspace.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace that cargo runs this task in.
    pub fn locate() -> Self {
        // At run time, where cargo says so: a target folder may serve several checkouts.
        let package =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let package = PathBuf::from(package);
        Self::at(package.parent().unwrap_or(&package))
    }

    /// The workspace in the folder `root`.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The documents that the committed clients are generated from.
    pub fn documents(&self) -> PathBuf {
        self.root.join("discovery").join("documents")
    }

    /// The table of all APIs.
    pub fn catalog(&self) -> PathBuf {
        self.root.join("discovery").join("CATALOG.md")
    }

    /// The committed clients.
    pub fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// The committed client of an API.
    pub fn package(&self, name: &str, version: &str) -> PathBuf {
        self.generated().join(format!("{name}-{version}"))
    }

    /// Build output, and the lock of this program.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The workspace of packages that a survey compiles, and its results.
    pub fn survey(&self) -> PathBuf {
        self.target().join("survey")
    }

    /// The package that every client depends on.
    pub fn runtime(&self) -> PathBuf {
        self.root.join("generator").join("runtime")
    }
}

/// Returns the path without symbolic links, even if its last parts do not exist yet.
///
/// # Errors
///
/// A parent folder that cannot be entered, or a working directory that was removed.
pub fn physical(path: &Path) -> Result<PathBuf, Message> {
    resolve(path).map_err(|error| Message::io("read", path, &error))
}

fn resolve(path: &Path) -> io::Result<PathBuf> {
    // The parent of a plain name is empty.
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    let mut known = std::path::absolute(path)?;
    let mut rest = Vec::new();
    loop {
        match known.canonicalize() {
            Ok(real) => return Ok(rest.iter().rev().fold(real, walk)),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(error) => match known.components().next_back() {
                Some(part @ (Component::Normal(_) | Component::ParentDir)) => {
                    rest.push(part.as_os_str().to_owned());
                    known.pop();
                }
                _ => return Err(error),
            },
        }
    }
}

fn walk(mut path: PathBuf, part: &std::ffi::OsString) -> PathBuf {
    if part == ".." {
        path.pop();
    } else {
        path.push(part);
    }
    path
}

/// Returns the relative path from the folder `from` to `to`, with `/`, as a manifest writes it. Both
/// are [`physical`]: cargo resolves `..` in the text of a path, which is wrong beyond a link.
///
/// Between different drives there is no such path, and `to` is returned.
pub fn relative(from: &Path, to: &Path) -> String {
    let path = pathdiff::diff_paths(to, from);
    let path = path.as_deref().unwrap_or(to).display().to_string();
    path.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_between_folders() {
        let cases = [
            (
                "/a/generated/checks",
                "/a/generator/runtime",
                "../../generator/runtime",
            ),
            (
                "/a/target/x/y",
                "/a/generator/runtime",
                "../../../generator/runtime",
            ),
            ("/b", "/a/generator/runtime", "../a/generator/runtime"),
            ("/", "/a/generator/runtime", "a/generator/runtime"),
        ];
        for (from, to, path) in cases {
            assert_eq!(
                relative(Path::new(from), Path::new(to)),
                path,
                "from {from}"
            );
        }
    }

    #[test]
    fn a_path_that_does_not_exist_yet_is_physical_too() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        let here = env::current_dir().unwrap().canonicalize().unwrap();
        assert_eq!(physical(Path::new("")).unwrap(), here);
        assert_eq!(
            physical(&folder.path().join("a/../b/c")).unwrap(),
            real.join("b/c")
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_resolved_first() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(real.join("deep/er")).unwrap();
        std::os::unix::fs::symlink(real.join("deep/er"), real.join("link")).unwrap();
        let out = physical(&real.join("link/out")).unwrap();
        assert_eq!(relative(&out, &real.join("runtime")), "../../../runtime");
    }
}
