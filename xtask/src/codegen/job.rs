//! What one run reads, and where its files go.

use std::path::{Path, PathBuf};

use super::Request;
use super::source::{self, Source};
use crate::message::{Level, Message, shown};
use crate::sync::Layout;
use crate::workspace::{self, Workspace};

/// The input and the output of a run.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) sources: Vec<Source>,
    /// Documents that cannot be read.
    pub(super) unread: Vec<Message>,
    /// The folder of the package, or of all packages.
    pub(super) folder: PathBuf,
    pub(super) layout: Layout,
    /// The way from a package to the runtime.
    pub(super) runtime: String,
    /// Whether the package needs a `[workspace]` of its own, so that cargo does not take it for a
    /// part of this one.
    pub(super) standalone: bool,
    /// The command that writes what this job makes.
    pub(super) command: String,
    /// An overlay that may have been forgotten.
    pub(super) warning: Option<Message>,
}

impl Job {
    pub(super) fn new(workspace: &Workspace, request: &Request) -> Result<Self, Message> {
        match (&request.document, &request.out) {
            (Some(document), Some(out)) => {
                Self::single(workspace, document, request.overlay.as_deref(), out)
            }
            _ => Ok(Self::workspace(workspace)),
        }
    }

    /// Every document of the workspace.
    fn workspace(workspace: &Workspace) -> Self {
        let (sources, unread) = source::read_folder(&workspace.documents());
        let package = workspace.generated().join("NAME-VERSION");
        Self {
            sources,
            unread,
            folder: workspace.generated(),
            layout: Layout::Packages,
            runtime: workspace::relative(&package, &workspace.runtime()),
            standalone: false,
            command: "cargo xtask codegen".to_owned(),
            warning: None,
        }
    }

    /// One document from anywhere to anywhere.
    fn single(
        workspace: &Workspace,
        document: &Path,
        overlay: Option<&Path>,
        out: &Path,
    ) -> Result<Self, Message> {
        let physical = |path: &Path| {
            workspace::physical(path).map_err(|error| Message::io("read", path, &error))
        };
        let (folder, root) = (physical(out)?, physical(workspace.root())?);
        if folder.starts_with(physical(&workspace.generated())?) {
            return Err(Message::error(format!(
                "{} belongs to the documents of this workspace",
                shown(out)
            ))
            .help("give another folder to --out, or put the document into discovery/documents"));
        }
        Ok(Self {
            sources: vec![Source::read(document, overlay)?],
            unread: Vec::new(),
            layout: Layout::Package,
            runtime: workspace::relative(&folder, &physical(&workspace.runtime())?),
            standalone: folder.starts_with(&root),
            folder: out.to_owned(),
            command: command(document, overlay, out),
            warning: if overlay.is_none() {
                forgotten(document)
            } else {
                None
            },
        })
    }
}

/// What to say of an overlay that lies beside the document and was not asked for.
fn forgotten(document: &Path) -> Option<Message> {
    let overlay = document.with_extension("overlay.json");
    let text = format!("{} is not applied", shown(&overlay));
    let help = format!(
        "if it should be, add `--overlay {}`",
        quoted(&shown(&overlay))
    );
    overlay
        .exists()
        .then(|| Message::new(Level::Warning, text).help(help))
}

fn command(document: &Path, overlay: Option<&Path>, out: &Path) -> String {
    let overlay = overlay.map(|path| ("--overlay", path));
    let arguments = [("--document", document)]
        .into_iter()
        .chain(overlay)
        .chain([("--out", out)]);
    let mut command = "cargo xtask codegen".to_owned();
    for (name, path) in arguments {
        command.push_str(&format!(" {name} {}", quoted(&path.display().to_string())));
    }
    command
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
