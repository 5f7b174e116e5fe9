//! What one run reads, and where its files go.

use std::path::{Path, PathBuf};

use super::Request;
use crate::documents::{self, Input, Paths};
use crate::message::{Message, shown};
use crate::sync::Layout;
use crate::workspace::{self, Workspace};

/// The input and the output of a run.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) inputs: Vec<Input>,
    /// What cannot be read.
    pub(super) unread: Vec<Message>,
    /// The folder of the package, or that of the committed packages.
    pub(super) folder: PathBuf,
    /// Whether the packages are committed ones, each in a folder named after its document.
    pub(super) committed: bool,
    /// Whether there is one package, or all of the workspace.
    pub(super) layout: Layout,
    /// What of the API the packages have.
    pub(super) only: Only,
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

/// Which methods and schemas a package has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Only {
    /// Those that it had before.
    Recorded,
    /// Those that these patterns match; all if there is no pattern.
    These(Vec<String>),
}

impl Job {
    pub(super) fn new(workspace: &Workspace, request: &Request) -> Result<Self, Message> {
        match (&request.document, &request.out) {
            (Some(document), Some(out)) => Self::elsewhere(workspace, request, document, out),
            (Some(document), None) => Self::committed(workspace, request, document),
            (None, _) => Ok(Self::workspace(workspace, request)),
        }
    }

    /// The folder of a package.
    pub(super) fn package(&self, name: Option<&str>) -> PathBuf {
        match name {
            Some(name) => self.folder.join(name),
            None => self.folder.clone(),
        }
    }

    /// Every document of the workspace.
    fn workspace(workspace: &Workspace, request: &Request) -> Self {
        let (documents, mut unread) = documents::list(&workspace.documents());
        let mut inputs = Vec::new();
        for paths in documents {
            match paths.read() {
                Ok(input) => inputs.push(input),
                Err(error) => unread.push(error),
            }
        }
        Self {
            unread,
            ..Self::generated(workspace, request, inputs)
        }
    }

    /// One document of the workspace, with the overlay beside it.
    fn committed(
        workspace: &Workspace,
        request: &Request,
        document: &Path,
    ) -> Result<Self, Message> {
        let folder = document.parent().unwrap_or(document);
        if physical(folder)? != physical(&workspace.documents())? {
            let text = format!("{} is not a document of this workspace", shown(document));
            return Err(Message::error(text).help("say where its package goes: `--out DIR`"));
        }
        let paths = Paths {
            document: document.to_owned(),
            overlay: documents::overlay(document),
        };
        Ok(Self {
            layout: Layout::Package,
            ..Self::generated(workspace, request, vec![paths.read()?])
        })
    }

    /// Documents of the workspace, whose packages are committed.
    fn generated(workspace: &Workspace, request: &Request, inputs: Vec<Input>) -> Self {
        let package = workspace.generated().join("NAME-VERSION");
        Self {
            inputs,
            unread: Vec::new(),
            folder: workspace.generated(),
            committed: true,
            layout: Layout::Packages,
            only: only(request),
            runtime: workspace::relative(&package, &workspace.runtime()),
            standalone: false,
            command: command(request),
            warning: None,
        }
    }

    /// One document from anywhere to anywhere.
    fn elsewhere(
        workspace: &Workspace,
        request: &Request,
        document: &Path,
        out: &Path,
    ) -> Result<Self, Message> {
        let (folder, root) = (physical(out)?, physical(workspace.root())?);
        if folder.starts_with(physical(&workspace.generated())?) {
            return Err(Message::error(format!(
                "{} belongs to the documents of this workspace",
                shown(out)
            ))
            .help("give another folder to --out, or put the document into discovery/documents"));
        }
        let paths = Paths {
            document: document.to_owned(),
            overlay: request.overlay.clone(),
        };
        let warning = documents::overlay(document).filter(|_| paths.overlay.is_none());
        Ok(Self {
            inputs: vec![paths.read()?],
            unread: Vec::new(),
            committed: false,
            layout: Layout::Package,
            only: only(request),
            runtime: workspace::relative(&folder, &physical(&workspace.runtime())?),
            standalone: folder.starts_with(&root),
            folder: out.to_owned(),
            command: command(request),
            warning: warning.as_deref().map(forgotten),
        })
    }
}

fn physical(path: &Path) -> Result<PathBuf, Message> {
    workspace::physical(path).map_err(|error| Message::io("read", path, &error))
}

fn only(request: &Request) -> Only {
    if request.only.is_empty() && !request.all {
        Only::Recorded
    } else {
        Only::These(request.only.clone())
    }
}

/// What to say of an overlay that lies beside the document and was not asked for.
fn forgotten(overlay: &Path) -> Message {
    let text = format!("{} is not applied", shown(overlay));
    let help = format!(
        "if it should be, add `--overlay {}`",
        quoted(&shown(overlay))
    );
    Message::warning(text).help(help)
}

/// The command that writes what the request makes.
fn command(request: &Request) -> String {
    let paths = [
        ("--document", &request.document),
        ("--overlay", &request.overlay),
        ("--out", &request.out),
    ];
    let mut command = "cargo xtask codegen".to_owned();
    for (name, path) in paths {
        if let Some(path) = path {
            command.push_str(&format!(" {name} {}", quoted(&path.display().to_string())));
        }
    }
    for pattern in &request.only {
        command.push_str(&format!(" --only {}", quoted(pattern)));
    }
    if request.all {
        command.push_str(" --all");
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
