//! `cargo xtask codegen`: documents in, packages out.

mod deleted;
mod generate;
mod plan;
mod records;
mod runtime;
mod summary;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub use crate::cli::Codegen as Request;
use crate::message::{Message, shown};
use crate::sync::{Files, FolderDiff, Layout, Lock};
use crate::workspace::Workspace;
use generate::{Batch, Generated};
use plan::Plan;
use summary::nothing_written;
pub use summary::{Refused, Summary};

/// The result of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The packages, in the order of their documents.
    pub packages: Vec<Summary>,
    /// The documents without a package, in their order. There are none unless the run keeps going.
    pub refused: Vec<Refused>,
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

impl Outcome {
    /// Returns the number of files that are up to date, in packages that were skipped as well.
    pub fn unchanged(&self) -> usize {
        let skipped = self.packages.iter().filter(|package| package.skipped);
        self.diff.unchanged() + skipped.map(|package| package.files).sum::<usize>()
    }
}

/// Generates every package that `request` names, and then writes or compares them all.
///
/// # Errors
///
/// All errors of all documents, before anything is written; or files that cannot be read or
/// written. A check that finds a difference is not an error: see [`FolderDiff::is_current`].
pub fn run(workspace: &Workspace, request: &Request) -> Result<Outcome, Vec<Message>> {
    let one = |error: Message| vec![error];
    let _lock = match request.check {
        true => None,
        false => Some(Lock::acquire(&workspace.target()).map_err(one)?),
    };
    let plan = Plan::new(workspace, request).map_err(one)?;
    let Batch { generated, refused } = generate::all(&plan)?;
    if !request.keep_going && !refused.is_empty() {
        let messages = refused.into_iter().flat_map(|refused| refused.messages);
        return Err(nothing_written(messages.collect()));
    }
    let mut warnings: Vec<_> = plan.warning.iter().cloned().collect();
    warnings.extend(deleted::warnings(workspace, &plan, &generated));
    let kept = kept(&plan.folder, &generated, !refused.is_empty());
    let folder = match (plan.layout, generated.first()) {
        (Layout::Package, Some(package)) => plan.package(package.folder.as_deref()),
        _ => plan.folder.clone(),
    };
    let union = Union::new(generated, plan.layout);
    warnings.splice(0..0, union.warnings);
    let diff = FolderDiff::beside(&folder, union.files, plan.layout, &kept)?;
    if !request.check {
        diff.apply().map_err(one)?;
        warnings.extend(diff.leftovers().map(leftover));
        if let Some(records) = plan.records {
            records.replace(union.records, &workspace.target());
        }
    }
    Ok(Outcome {
        packages: union.packages,
        refused,
        diff,
        warnings,
        folder,
        check: request.check,
        command: plan.command,
    })
}

/// Returns the folders of packages that stay as they are: skipped ones; and, if a document was refused,
/// all that were not generated, since one of them may be its package.
fn kept(folder: &Path, generated: &[Generated], is_refused: bool) -> BTreeSet<String> {
    let (skipped, written): (Vec<_>, Vec<_>) = generated
        .iter()
        .partition(|package| package.summary.skipped);
    let names = |packages: Vec<&Generated>| -> BTreeSet<String> {
        let folders = packages.iter().filter_map(|package| package.folder.clone());
        folders.collect()
    };
    let (mut kept, written) = (names(skipped), names(written));
    if is_refused && let Ok(entries) = fs::read_dir(folder) {
        let entries = entries.flatten().map(|entry| entry.file_name());
        let names = entries.map(|name| name.to_string_lossy().into_owned());
        kept.extend(names.filter(|name| !written.contains(name)));
    }
    kept
}

fn leftover(folder: PathBuf) -> Message {
    let text = format!("{} holds build output of a removed package", shown(&folder));
    Message::warning(text).help("remove it: cargo takes the folder for a package")
}

/// All packages together.
#[derive(Default)]
struct Union {
    packages: Vec<Summary>,
    /// The files that are to be compared, by their path in the output folder.
    files: Files,
    warnings: Vec<Message>,
    records: BTreeMap<String, records::Record>,
}

impl Union {
    fn new(generated: Vec<Generated>, layout: Layout) -> Self {
        let mut union = Self::default();
        for package in generated {
            let folder = package.folder.filter(|_| layout == Layout::Packages);
            let prefix = folder.map(|folder| folder + "/").unwrap_or_default();
            let texts = package.files.into_iter();
            let files = texts.map(|(path, text)| (format!("{prefix}{path}"), text));
            union.files.extend(files);
            union.warnings.extend(package.warnings);
            union.packages.push(package.summary);
            union.records.extend(package.record);
        }
        union
    }
}
