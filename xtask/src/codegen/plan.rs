//! The input and the output of one run.

use std::path::{Path, PathBuf};

use crate::cli::Codegen as Request;
use crate::documents::{self, DocumentFiles, DocumentPaths};
use crate::message::{Message, shown};
use crate::sync::Layout;
use crate::workspace::{self, Workspace};

/// The documents to read, and the folders to write.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) inputs: Vec<DocumentFiles>,
    /// Errors of files that cannot be read.
    pub(super) unread: Vec<Message>,
    /// The folder of the package, or that of the committed packages.
    pub(super) folder: PathBuf,
    /// True for committed packages, each in a folder named after its document.
    pub(super) committed: bool,
    pub(super) layout: Layout,
    pub(super) selection: Selection,
    /// The path from a package to the runtime.
    pub(super) runtime: String,
    /// True if the package needs a `[workspace]` of its own, so that cargo does not take it for a
    /// part of this one.
    pub(super) standalone: bool,
    /// The command that writes the same packages.
    pub(super) command: String,
    /// A warning about an overlay that may have been forgotten.
    pub(super) warning: Option<Message>,
}

/// The `--only` selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selection {
    /// The methods and schemas that the package had before.
    Recorded,
    /// Methods and schemas that match a pattern; all of them without a pattern.
    Patterns(Vec<String>),
}

impl Plan {
    pub(super) fn new(workspace: &Workspace, request: &Request) -> Result<Self, Message> {
        match (&request.document, &request.out) {
            (Some(document), Some(out)) => Self::elsewhere(workspace, request, document, out),
            (Some(document), None) => Self::committed(workspace, request, document),
            (None, _) => Ok(Self::workspace(workspace, request)),
        }
    }

    /// Returns the folder of a package.
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
        if workspace::physical(folder)? != workspace::physical(&workspace.documents())? {
            let text = format!("{} is not a document of this workspace", shown(document));
            return Err(Message::error(text).help("name the folder of its package: `--out DIR`"));
        }
        let input = DocumentPaths::with_overlay(document.to_owned()).read()?;
        Ok(Self {
            layout: Layout::Package,
            ..Self::generated(workspace, request, vec![input])
        })
    }

    /// Documents of the workspace, whose packages are committed.
    fn generated(workspace: &Workspace, request: &Request, inputs: Vec<DocumentFiles>) -> Self {
        let package = workspace.generated().join("NAME-VERSION");
        Self {
            inputs,
            unread: Vec::new(),
            folder: workspace.generated(),
            committed: true,
            layout: Layout::Packages,
            selection: Selection::new(request),
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
        let folder = workspace::physical(out)?;
        if folder.starts_with(workspace::physical(&workspace.generated())?) {
            let text = format!("{} belongs to the documents of this workspace", shown(out));
            return Err(Message::error(text).help(
                "give another folder to --out, or put the document into discovery/documents",
            ));
        }
        let paths = DocumentPaths {
            document: document.to_owned(),
            overlay: request.overlay.clone(),
        };
        let unused = documents::overlay(document).filter(|_| paths.overlay.is_none());
        Ok(Self {
            inputs: vec![paths.read()?],
            unread: Vec::new(),
            committed: false,
            layout: Layout::Package,
            selection: Selection::new(request),
            runtime: workspace::relative(&folder, &workspace::physical(&workspace.runtime())?),
            standalone: folder.starts_with(workspace::physical(workspace.root())?),
            folder: out.to_owned(),
            command: command(request),
            warning: unused.as_deref().map(not_applied),
        })
    }
}

impl Selection {
    fn new(request: &Request) -> Self {
        if request.only.is_empty() && !request.all {
            Self::Recorded
        } else {
            Self::Patterns(request.only.clone())
        }
    }
}

/// Returns a warning about an overlay beside the document that the request does not name.
fn not_applied(overlay: &Path) -> Message {
    let overlay = shown(overlay);
    let help = format!("if it should be, add `--overlay {}`", quoted(&overlay));
    Message::warning(format!("{overlay} is not applied")).help(help)
}

/// Returns the command that writes what the request names.
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

/// Returns a word as a shell reads it back. No shell reads a word with a NUL.
fn quoted(word: &str) -> String {
    shlex::try_quote(word).map_or_else(|_| word.to_owned(), Into::into)
}
