//! `cargo xtask codegen`: documents in, packages out.

mod job;
mod make;
mod recorded;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use crate::cli::Codegen as Request;
use crate::message::{Message, shown};
use crate::release::VersionBump;
use crate::sync::{Files, Layout, Plan};
use crate::workspace::Workspace;
use job::Job;
use make::Made;

/// What a run found, and has done unless it was a check.
#[derive(Debug)]
pub struct Outcome {
    /// The packages, in the order of their documents.
    pub packages: Vec<Summary>,
    /// How the folder differed from what the generator makes.
    pub plan: Plan,
    /// What the documents have that deserves a look.
    pub warnings: Vec<Message>,
    /// The folder of the package, or of all packages.
    pub folder: PathBuf,
    /// Whether nothing was to be written.
    pub check: bool,
    /// The command that writes what this run compared.
    pub command: String,
}

/// What a package is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name in its manifest.
    pub name: String,
    /// The number of its files.
    pub files: usize,
    /// The number of its API methods.
    pub methods: usize,
    /// The number of its schemas.
    pub schemas: usize,
    /// The methods and schemas that it was reduced to; empty if it is whole.
    pub only: Vec<String>,
    /// Its new version, if it has one.
    pub step: Option<VersionBump>,
}

/// Makes every package that `request` asks for, and then writes or compares them all.
///
/// # Errors
///
/// All problems of all documents, before anything is written; or what keeps the files from being
/// read or written. A check that finds a difference is no error: see [`Plan::is_current`].
pub fn run(workspace: &Workspace, request: &Request) -> Result<Outcome, Vec<Message>> {
    let job = Job::new(workspace, request).map_err(|error| vec![error])?;
    let made = make::all(&job)?;
    let packages = made.iter().map(summary).collect();
    let folder = match (job.layout, made.first()) {
        (Layout::Package, Some(made)) => job.package(made.folder.as_deref()),
        _ => job.folder,
    };
    let (files, mut warnings) = union(made, job.layout);
    warnings.extend(job.warning);
    let plan = Plan::new(&folder, files, job.layout)?;
    if !request.check {
        plan.apply().map_err(|error| vec![error])?;
        warnings.extend(plan.remains().map(remains));
    }
    Ok(Outcome {
        packages,
        plan,
        warnings,
        folder,
        check: request.check,
        command: job.command,
    })
}

fn remains(folder: PathBuf) -> Message {
    let text = format!(
        "{} holds build output of a package that is gone",
        shown(&folder)
    );
    Message::warning(text).help("remove it: cargo takes the folder for a package")
}

fn summary(made: &Made) -> Summary {
    let (methods, schemas) = (made.package.methods, made.package.schemas);
    Summary {
        name: made.package.name.clone(),
        files: made.package.files.len(),
        methods,
        schemas,
        only: made.only.clone(),
        step: made.step.clone(),
    }
}

/// The files of all packages by their path in the output folder, and all warnings.
fn union(made: Vec<Made>, layout: Layout) -> (Files, Vec<Message>) {
    let (mut files, mut warnings) = (BTreeMap::new(), Vec::new());
    for made in made {
        let folder = made.folder.filter(|_| layout == Layout::Packages);
        let prefix = folder.map(|folder| folder + "/").unwrap_or_default();
        files.extend(
            made.package
                .files
                .into_iter()
                .map(|(path, text)| (format!("{prefix}{path}"), text)),
        );
        warnings.extend(made.warnings);
    }
    (files, warnings)
}
