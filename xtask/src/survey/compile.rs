//! Compiles generated packages, in a workspace of their own, with every warning denied.

mod cargo;
mod diagnostic;
mod doctest;
mod folder;
mod times;

use std::collections::BTreeMap;
use std::path::Path;

use cargo::{Cargo, Tool};
use folder::Folder;
pub use times::run_compiler;

use super::generate::{Finding, Generated};
use super::memory;
use super::results::Results;
use crate::cli::Survey as Request;
use crate::message::{Message, plural, shown};
use crate::workspace::Workspace;

/// Memory that clippy needs for a package, in bytes: for its dependencies, and for each byte of its
/// own.
const NEED: (u64, u64) = (300 << 20, 500);
/// The memory that is assumed where the system does not report any.
const ASSUMED: u64 = 4 << 30;
/// The number of packages in one run of cargo, after which their results are written.
const AT_ONCE: usize = 32;
/// The number of problems shown of one package; the rest are counted.
const SHOWN: usize = 20;

/// The problems of packages, by their names.
type Problems = BTreeMap<String, Vec<Message>>;

/// Writes the packages, runs clippy on them and, on request, rustdoc and their examples. Notifies of
/// their problems, and returns the number of packages with problems.
pub(super) fn check(
    workspace: &Workspace,
    sample: &[(&Finding, &Generated)],
    request: &Request,
    results: &mut Results,
    notify: &mut dyn FnMut(&Message),
) -> Result<usize, Vec<Message>> {
    let one = |error: Message| vec![error];
    let folder = Folder::write(workspace, sample)?;
    let path = folder.path();
    let mut problems = Problems::new();
    run(
        Tool::Clippy,
        path,
        sample,
        &mut problems,
        |packages, found| results.add(compiled(sample, packages, found, path)),
    )
    .map_err(one)?;
    if request.doc {
        run(Tool::Rustdoc, path, sample, &mut problems, |_, _| Ok(())).map_err(one)?;
    }
    if request.doctest {
        let packages = sample.iter().map(|(_, generated)| generated.name.as_str());
        for (package, problem) in doctest::run(path, packages.collect())? {
            problems
                .entry(package.to_owned())
                .or_default()
                .push(problem);
        }
    }
    for (finding, generated) in sample {
        if let Some(problems) = problems.get(&generated.name) {
            report(finding, problems, notify);
        }
    }
    Ok(problems.len())
}

/// Runs a tool on the packages, and adds their problems. Calls `done` after some packages, with those
/// and their problems.
fn run(
    tool: Tool,
    folder: &Path,
    sample: &[(&Finding, &Generated)],
    problems: &mut Problems,
    mut done: impl FnMut(&[&str], &BTreeMap<&str, Vec<Message>>) -> Result<(), Message>,
) -> Result<(), Message> {
    let progress = tool.progress(sample.len());
    for (packages, jobs) in groups(sample, memory::available().unwrap_or(ASSUMED)) {
        for packages in packages.chunks(AT_ONCE) {
            let cargo = Cargo {
                tool,
                folder,
                packages,
                jobs,
                progress: &progress,
            };
            let found = cargo.run()?;
            done(packages, &found)?;
            for (package, found) in found {
                let all = problems.entry(package.to_owned()).or_default();
                all.extend(found);
            }
        }
    }
    Ok(())
}

/// Returns the number of problems and the seconds of each package in a run of clippy.
fn compiled<'a>(
    sample: &[(&Finding, &'a Generated)],
    packages: &[&str],
    found: &BTreeMap<&str, Vec<Message>>,
    folder: &Path,
) -> Vec<(&'a Generated, usize, Option<f64>)> {
    let generated = sample.iter().map(|(_, generated)| *generated);
    let generated = generated.filter(|generated| packages.contains(&generated.name.as_str()));
    let result = |generated: &'a Generated| {
        let name = generated.name.as_str();
        let problems = found.get(name).map_or(0, Vec::len);
        (generated, problems, times::seconds(folder, name))
    };
    generated.map(result).collect()
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
