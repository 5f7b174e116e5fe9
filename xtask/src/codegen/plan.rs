//! The input and the output of one run.

use std::fs;
use std::path::{Path, PathBuf};

use generator::Runtime;

use super::records::{Record, Records};
use super::runtime::RuntimeChoice;
use crate::cli::Codegen as Request;
use crate::documents::{self, DocumentPaths};
use crate::message::{Message, shown};
use crate::release::Status;
use crate::sync::{Layout, is_marked};
use crate::workspace::{self, Workspace};

/// The documents to read, and the folders to write.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) inputs: Vec<DocumentPaths>,
    /// Errors of the folder of the documents.
    pub(super) errors: Vec<Message>,
    /// The folder of the package, or that of the committed packages.
    pub(super) folder: PathBuf,
    /// True for committed packages, each in a folder named after its document.
    pub(super) committed: bool,
    pub(super) layout: Layout,
    pub(super) selection: Selection,
    pub(super) runtime: RuntimeChoice,
    /// True if a revision of a document is released although nothing else changes.
    pub(super) releases_revisions: bool,
    /// Results of earlier runs on all documents.
    pub(super) records: Option<Records>,
    /// The command that writes the same packages.
    pub(super) command: String,
    /// A warning about an overlay that may have been forgotten.
    pub(super) warning: Option<Message>,
}

/// The `--only` selection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Selection {
    /// The methods and schemas that the package had before.
    Recorded,
    /// Methods and schemas that match a pattern; all of them without a pattern.
    Patterns(Vec<String>),
}

impl Plan {
    pub(super) fn new(workspace: &Workspace, request: &Request) -> Result<Self, Message> {
        request
            .document
            .as_deref()
            .map_or(Ok(()), documents::check)?;
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

    /// Returns the record of a document that need not be generated again.
    pub(super) fn record(&self, document: &str, input: u64) -> Option<&Record> {
        let records = self.records.as_ref()?;
        let record = records.current(document, input, &self.folder)?;
        let is_only_revision = record.summary.status == Status::OnlyRevision;
        (!(is_only_revision && self.releases_revisions)).then_some(record)
    }

    /// Every document of the workspace.
    fn workspace(workspace: &Workspace, request: &Request) -> Self {
        let (documents, errors) = documents::list(&workspace.documents());
        Self {
            errors,
            records: Some(Records::read(&workspace.target())),
            ..Self::generated(workspace, request, documents)
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
        let input = DocumentPaths::with_overlay(document.to_owned());
        Ok(Self {
            layout: Layout::Package,
            ..Self::generated(workspace, request, vec![input])
        })
    }

    /// Documents of the workspace, whose packages are committed.
    fn generated(workspace: &Workspace, request: &Request, inputs: Vec<DocumentPaths>) -> Self {
        let package = workspace.generated().join("NAME-VERSION");
        Self {
            inputs,
            errors: Vec::new(),
            folder: workspace.generated(),
            committed: true,
            layout: Layout::Packages,
            selection: Selection::new(request),
            runtime: RuntimeChoice::Fixed(Runtime::Path(workspace::relative(
                &package,
                &workspace.runtime(),
            ))),
            releases_revisions: request.release_revisions,
            records: None,
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
        if let Some(package) = package_around(&folder) {
            let text = format!("{} is inside the package {}", shown(out), shown(package));
            return Err(Message::error(text)
                .note("codegen removes generated files that it does not expect, and would empty it")
                .help("give --out the folder of the package itself, or one outside of it"));
        }
        let paths = DocumentPaths {
            document: document.to_owned(),
            overlay: request.overlay.clone().or_else(|| {
                // This workspace may have corrections for a document that was fetched.
                let name = document.file_name().filter(|_| request.name.is_some())?;
                documents::overlay(&workspace.documents().join(name))
            }),
        };
        let unused = documents::overlay(document).filter(|_| paths.overlay.is_none());
        Ok(Self {
            inputs: vec![paths],
            errors: Vec::new(),
            committed: false,
            layout: Layout::Package,
            selection: Selection::new(request),
            runtime: RuntimeChoice::new(workspace, request.runtime.as_deref(), &folder)?,
            folder: out.to_owned(),
            releases_revisions: request.release_revisions,
            records: None,
            command: command(request),
            warning: unused.as_deref().map(not_applied),
        })
    }
}

/// Returns the generated package that a folder lies in, if any.
fn package_around(folder: &Path) -> Option<&Path> {
    let mut above = folder.ancestors().skip(1);
    above.find(|folder| {
        let manifest = fs::read(folder.join("Cargo.toml"));
        manifest.is_ok_and(|text| is_marked(&text))
    })
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
    // A document that was fetched is not named.
    let document = request.document.clone().filter(|_| request.name.is_none());
    let paths = [
        ("--document", &document),
        ("--overlay", &request.overlay),
        ("--out", &request.out),
    ];
    let mut command = "cargo xtask codegen".to_owned();
    let api = request.name.iter().chain(&request.version);
    for word in api {
        command.push_str(&format!(" {}", quoted(word)));
    }
    for (name, path) in paths {
        if let Some(path) = path {
            command.push_str(&format!(" {name} {}", quoted(&path.display().to_string())));
        }
    }
    if let Some(runtime) = &request.runtime {
        command.push_str(&format!(" --runtime {}", quoted(runtime)));
    }
    for pattern in &request.only {
        command.push_str(&format!(" --only {}", quoted(pattern)));
    }
    if request.release_revisions {
        command.push_str(" --release-revisions");
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
