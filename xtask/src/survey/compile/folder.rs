//! The workspace that packages are compiled in: `target/survey`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use generator::{Options, Runtime};
use rayon::prelude::*;

use crate::message::Message;
use crate::survey::generate::{self, Finding, Generated};
use crate::sync::{self, FolderDiff, Layout, Lock};
use crate::workspace::{Workspace, physical, relative};

/// The folder of the workspace.
pub(super) struct Folder {
    path: PathBuf,
    /// Other surveys wait: they would remove the packages of this one.
    _lock: Lock,
}

impl Folder {
    /// Writes the packages and a manifest for all of them. Files that are up to date are left alone,
    /// so that cargo does not compile them again.
    pub(super) fn write(
        workspace: &Workspace,
        sample: &[(&Finding, &Generated)],
    ) -> Result<Self, Vec<Message>> {
        let path = workspace.survey();
        let lock = Lock::acquire(&path).map_err(|error| vec![error])?;
        let results = sample.par_iter().map(|(finding, generated)| {
            let folder = path.join("packages").join(&generated.name);
            package(workspace, &folder, finding)
        });
        let errors: Vec<_> = results.filter_map(Result::err).flatten_iter().collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        manifest(workspace, &path, sample).map_err(|error| vec![error])?;
        Ok(Self { path, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Generates a package again, this time to the disk.
fn package(workspace: &Workspace, folder: &Path, finding: &Finding) -> Result<(), Vec<Message>> {
    let mut options = Options::default();
    let paths = physical(folder).and_then(|from| Ok((from, physical(&workspace.runtime())?)));
    let (from, to) = paths.map_err(|error| vec![error])?;
    options.runtime = Runtime::Path(relative(&from, &to));
    let package = generate::package(&finding.paths, &options)?;
    let diff = FolderDiff::new(folder, package.files, Layout::Package)?;
    diff.apply().map_err(|error| vec![error])
}

fn manifest(
    workspace: &Workspace,
    folder: &Path,
    sample: &[(&Finding, &Generated)],
) -> Result<(), Message> {
    let members: String = sample
        .iter()
        .map(|(_, generated)| format!("    \"packages/{}\",\n", generated.name))
        .collect();
    let text = format!(
        "# Written by `cargo xtask survey`.\n\n\
         [workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n\
         # Little of it runs, and most of it is compiled once.\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    sync::write_file(&folder.join("Cargo.toml"), &text)?;
    // The dependencies of the workspace around it: they have been downloaded.
    let lock = workspace.root().join("Cargo.lock");
    match fs::read_to_string(&lock) {
        Ok(text) => sync::write_file(&folder.join("Cargo.lock"), &text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Message::io("read", &lock, &error)),
    }
}
