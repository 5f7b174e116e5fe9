//! `cargo xtask codegen`: documents in, packages out.

mod generate;
mod plan;

use std::path::PathBuf;

pub use crate::cli::Codegen as Request;
use crate::message::{Message, shown};
use crate::release::VersionBump;
use crate::sync::{Files, FolderDiff, Layout, Lock};
use crate::workspace::Workspace;
use generate::Generated;
use plan::Plan;

/// The result of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The packages, in the order of their documents.
    pub packages: Vec<Summary>,
    /// The difference between the folder and the generated files.
    pub diff: FolderDiff,
    /// Warnings of the documents.
    pub warnings: Vec<Message>,
    /// The folder of the package, or of all packages.
    pub folder: PathBuf,
    /// True if the run was a check, which writes nothing.
    pub check: bool,
    /// The command that writes what this run compared.
    pub command: String,
}

/// The size of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name in its manifest.
    pub name: String,
    /// The number of its files.
    pub files: usize,
    /// The number of its API methods.
    pub methods: usize,
    /// The number of its types.
    pub types: usize,
    /// The patterns that it was generated with; empty for a complete client.
    pub only: Vec<String>,
    /// Its new version, if it has one.
    pub bump: Option<VersionBump>,
}

/// Generates every package that `request` names, and then writes or compares them all.
///
/// # Errors
///
/// All errors of all documents, before anything is written; or files that cannot be read or
/// written. A check that finds a difference is not an error: see [`FolderDiff::is_current`].
pub fn run(workspace: &Workspace, request: &Request) -> Result<Outcome, Vec<Message>> {
    let _lock = match request.check {
        true => None,
        false => Some(Lock::acquire(&workspace.target()).map_err(|error| vec![error])?),
    };
    let plan = Plan::new(workspace, request).map_err(|error| vec![error])?;
    let generated = generate::all(&plan)?;
    let packages = generated.iter().map(Summary::new).collect();
    let folder = match (plan.layout, generated.first()) {
        (Layout::Package, Some(package)) => plan.package(package.folder.as_deref()),
        _ => plan.folder,
    };
    let (files, mut warnings) = union(generated, plan.layout);
    warnings.extend(plan.warning);
    let diff = FolderDiff::new(&folder, files, plan.layout)?;
    if !request.check {
        diff.apply().map_err(|error| vec![error])?;
        warnings.extend(diff.leftovers().map(leftover));
    }
    Ok(Outcome {
        packages,
        diff,
        warnings,
        folder,
        check: request.check,
        command: plan.command,
    })
}

fn leftover(folder: PathBuf) -> Message {
    let text = format!("{} holds build output of a removed package", shown(&folder));
    Message::warning(text).help("remove it: cargo takes the folder for a package")
}

impl Summary {
    fn new(generated: &Generated) -> Self {
        let package = &generated.package;
        Self {
            name: package.name.clone(),
            files: package.files.len(),
            methods: package.methods,
            types: package.types,
            only: generated.only.clone(),
            bump: generated.bump.clone(),
        }
    }
}

/// Returns the files of all packages by their path in the output folder, and all warnings.
fn union(generated: Vec<Generated>, layout: Layout) -> (Files, Vec<Message>) {
    let (mut files, mut warnings) = (Files::new(), Vec::new());
    for package in generated {
        let folder = package.folder.filter(|_| layout == Layout::Packages);
        let prefix = folder.map(|folder| folder + "/").unwrap_or_default();
        let texts = package.package.files.into_iter();
        files.extend(texts.map(|(path, text)| (format!("{prefix}{path}"), text)));
        warnings.extend(package.warnings);
    }
    (files, warnings)
}
