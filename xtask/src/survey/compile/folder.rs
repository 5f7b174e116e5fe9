//! The workspace that packages are compiled in: `target/survey`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use generator::{Options, Runtime};

use crate::message::Message;
use crate::survey::generate::{self, Finding, Made};
use crate::survey::pool;
use crate::sync::{self, Layout, Plan};
use crate::workspace::{self, Workspace};

/// The folder of the workspace.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Writes the packages and a manifest for all of them. What is there already and still right is
    /// left alone, so that cargo need not compile it again.
    pub(super) fn write(
        workspace: &Workspace,
        sample: &[(&Finding, &Made)],
    ) -> Result<Self, Vec<Message>> {
        let path = workspace.root().join("target").join("survey");
        let results = pool::map(sample, |(finding, made)| {
            package(workspace, &path.join("packages").join(&made.name), finding)
        });
        let errors: Vec<_> = results
            .into_iter()
            .filter_map(Result::err)
            .flatten()
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        manifest(workspace, &path, sample).map_err(|error| vec![error])?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

/// Generates a package once more, this time to the disk.
fn package(workspace: &Workspace, folder: &Path, finding: &Finding) -> Result<(), Vec<Message>> {
    let mut options = Options::default();
    let runtime = way(folder, &workspace.runtime()).map_err(|error| vec![error])?;
    options.runtime = Runtime::Path(runtime);
    let (package, _) = generate::package(&finding.paths, &options)?;
    let plan = Plan::new(folder, package.files, Layout::Package)?;
    plan.apply().map_err(|error| vec![error])
}

fn way(from: &Path, to: &Path) -> Result<String, Message> {
    let physical =
        |path: &Path| workspace::physical(path).map_err(|error| Message::io("read", path, &error));
    Ok(workspace::relative(&physical(from)?, &physical(to)?))
}

fn manifest(
    workspace: &Workspace,
    folder: &Path,
    sample: &[(&Finding, &Made)],
) -> Result<(), Message> {
    let members: String = sample
        .iter()
        .map(|(_, made)| format!("    \"packages/{}\",\n", made.name))
        .collect();
    let text = format!(
        "# Written by `cargo xtask survey`.\n\n\
         [workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n\
         # Little of it runs, and hardly anything is compiled twice.\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    sync::write_file(&folder.join("Cargo.toml"), &text)?;
    // The same dependencies as those of the workspace around it: they have been downloaded.
    let lock = workspace.root().join("Cargo.lock");
    match fs::read_to_string(&lock) {
        Ok(text) => sync::write_file(&folder.join("Cargo.lock"), &text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Message::io("read", &lock, &error)),
    }
}
