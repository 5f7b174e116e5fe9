//! Compiles generated packages, in a workspace of their own, with every warning denied.

mod cargo;
mod diagnostic;
mod doctest;
mod folder;

use std::collections::BTreeMap;

use cargo::{Cargo, Tool};
use folder::Folder;

use super::generate::{Finding, Made};
use super::{Request, memory, pool};
use crate::message::{Message, plural, shown};
use crate::workspace::Workspace;

/// Memory that clippy takes for a package, in bytes: for what it depends on, and for each byte of
/// its own.
const NEED: (u64, u64) = (300 << 20, 500);
/// The memory that is assumed to be there where the system does not tell.
const ASSUMED: u64 = 4 << 30;
/// Problems of one package that are told; the rest are counted.
const TOLD: usize = 20;

/// Writes the packages, runs clippy on them and, if the request says so, rustdoc and their examples.
/// `tell` hears of their problems; the answer is how many packages have any.
pub(super) fn check(
    workspace: &Workspace,
    sample: &[(&Finding, &Made)],
    request: &Request,
    tell: &mut dyn FnMut(&Message),
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
        let packages = sample.iter().map(|(_, made)| made.name.as_str()).collect();
        for (package, problem) in doctest::run(folder.path(), packages)? {
            problems.entry(package).or_default().push(problem);
        }
    }
    for (finding, made) in sample {
        if let Some(problems) = problems.get(made.name.as_str()) {
            report(finding, problems, tell);
        }
    }
    Ok(problems.len())
}

fn report(finding: &Finding, problems: &[Message], tell: &mut dyn FnMut(&Message)) {
    let document = shown(&finding.paths.document);
    let text = format!("the package has {}", plural(problems.len(), "problem"));
    tell(&Message::error(text).place(document));
    problems.iter().take(TOLD).for_each(&mut *tell);
    if problems.len() > TOLD {
        let more = format!("{} more, not shown", problems.len() - TOLD);
        tell(&Message::error(more));
    }
}

/// The packages that are compiled together, and how many at once: those that fit into memory side
/// by side, and then the large ones, one after the other.
fn groups<'a>(sample: &[(&Finding, &'a Made)], memory: u64) -> Vec<(Vec<&'a str>, usize)> {
    let cores = pool::cores();
    let share = memory / cores as u64;
    let fits = |made: &&Made| NEED.0 + NEED.1 * made.bytes as u64 <= share;
    let (small, large): (Vec<_>, Vec<_>) = sample.iter().map(|(_, made)| *made).partition(fits);
    let names = |group: Vec<&'a Made>| group.into_iter().map(|made| made.name.as_str()).collect();
    [(names(small), cores), (names(large), 1)]
        .into_iter()
        .filter(|(names, _): &(Vec<_>, _)| !names.is_empty())
        .collect()
}
