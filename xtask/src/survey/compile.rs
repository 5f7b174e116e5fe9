//! Compiles generated packages, in a workspace of their own, with every warning denied.

mod cargo;
mod diagnostic;
mod doctest;
mod folder;

use std::collections::BTreeMap;

use cargo::{Cargo, Tool};
use folder::Folder;

use super::generate::{Finding, Generated};
use super::memory;
use crate::cli::Survey as Request;
use crate::message::{Message, plural, shown};
use crate::workspace::Workspace;

/// Memory that clippy needs for a package, in bytes: for its dependencies, and for each byte of its
/// own.
const NEED: (u64, u64) = (300 << 20, 500);
/// The memory that is assumed where the system does not report any.
const ASSUMED: u64 = 4 << 30;
/// The number of problems shown of one package; the rest are counted.
const SHOWN: usize = 20;

/// Writes the packages, runs clippy on them and, on request, rustdoc and their examples. Notifies of
/// their problems, and returns the number of packages with problems.
pub(super) fn check(
    workspace: &Workspace,
    sample: &[(&Finding, &Generated)],
    request: &Request,
    notify: &mut dyn FnMut(&Message),
) -> Result<usize, Vec<Message>> {
    let folder = Folder::write(workspace, sample)?;
    let tools: &[Tool] = if request.doc {
        &[Tool::Clippy, Tool::Rustdoc]
    } else {
        &[Tool::Clippy]
    };
    let mut problems = BTreeMap::<&str, Vec<Message>>::new();
    for tool in tools {
        for (packages, jobs) in groups(sample, memory::available().unwrap_or(ASSUMED)) {
            let cargo = Cargo {
                tool: *tool,
                folder: folder.path(),
                packages,
                jobs,
            };
            for (package, found) in cargo.run().map_err(|error| vec![error])? {
                problems.entry(package).or_default().extend(found);
            }
        }
    }
    if request.doctest {
        let packages = sample
            .iter()
            .map(|(_, generated)| generated.name.as_str())
            .collect();
        for (package, problem) in doctest::run(folder.path(), packages)? {
            problems.entry(package).or_default().push(problem);
        }
    }
    for (finding, generated) in sample {
        if let Some(problems) = problems.get(generated.name.as_str()) {
            report(finding, problems, notify);
        }
    }
    Ok(problems.len())
}

fn report(finding: &Finding, problems: &[Message], notify: &mut dyn FnMut(&Message)) {
    let document = shown(&finding.paths.document);
    let text = format!("the package has {}", plural(problems.len(), "problem"));
    notify(&Message::error(text).place(document));
    problems.iter().take(SHOWN).for_each(&mut *notify);
    if problems.len() > SHOWN {
        let more = format!("{} more, not shown", problems.len() - SHOWN);
        notify(&Message::error(more));
    }
}

/// Returns groups of packages, each with the number compiled at once: packages that fit into memory
/// side by side, and then the large ones, one by one.
fn groups<'a>(sample: &[(&Finding, &'a Generated)], memory: u64) -> Vec<(Vec<&'a str>, usize)> {
    let cores = rayon::current_num_threads();
    let share = memory / cores as u64;
    let fits = |package: &&Generated| NEED.0 + NEED.1 * package.bytes as u64 <= share;
    let packages = sample.iter().map(|(_, package)| *package);
    let (small, large): (Vec<_>, Vec<_>) = packages.partition(fits);
    let names =
        |group: Vec<&'a Generated>| group.iter().map(|package| package.name.as_str()).collect();
    [(names(small), cores), (names(large), 1)]
        .into_iter()
        .filter(|(names, _): &(Vec<_>, _)| !names.is_empty())
        .collect()
}
