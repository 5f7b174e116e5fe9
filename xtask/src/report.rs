//! What a run prints when it is done.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::codegen::{Outcome, Summary};
use crate::message::{GREEN, Message, paint, plural, printable, shown};
use crate::release::VersionBump;
use crate::sync::Plan;

/// Files listed by name; the rest are counted.
const LISTED: usize = 10;
/// Files shown with the lines that differ.
const DIFFED: usize = 5;

/// The files that were written and removed, and what the packages are made of.
pub fn done(outcome: &Outcome, elapsed: Duration, color: bool) -> String {
    let mut report = Report {
        text: String::new(),
        color,
    };
    for package in &outcome.packages {
        report.line(
            if outcome.check {
                "Checked"
            } else {
                "Generated"
            },
            &contents(package),
        );
        if let Some(step) = &package.step {
            report.line("Versioned", &version(step));
        }
    }
    report.files("Wrote", &outcome.folder, outcome.plan.written().into_iter());
    report.files(
        "Removed",
        &outcome.folder,
        outcome.plan.stale.iter().map(String::as_str),
    );
    report.line(
        "Finished",
        &format!("{} in {:.2} s", counts(outcome), elapsed.as_secs_f64()),
    );
    report.text
}

/// What is made before the task itself can begin.
pub fn building(what: &str, color: bool) -> String {
    let mut report = Report {
        text: String::new(),
        color,
    };
    report.line("Building", what);
    report.text
}

fn contents(package: &Summary) -> String {
    let Summary {
        name,
        files,
        methods,
        schemas,
        only,
        step: _,
    } = package;
    let parts = [
        plural(*methods, "method"),
        plural(*schemas, "schema"),
        plural(*files, "file"),
    ];
    let only = match only.as_slice() {
        [] => String::new(),
        patterns => format!("; only {}", patterns.join(", ")),
    };
    format!("{name}: {}{only}", parts.join(", "))
}

/// Why a package has another version.
fn version(step: &VersionBump) -> String {
    let VersionBump {
        name,
        from,
        to,
        reason,
    } = step;
    format!("{name} {to}, after {from}: {reason}")
}

fn counts(outcome: &Outcome) -> String {
    let (written, removed) = (outcome.plan.written().len(), outcome.plan.stale.len());
    if written + removed == 0 {
        return format!("{} up to date", plural(outcome.plan.unchanged(), "file"));
    }
    format!(
        "{written} written, {} unchanged, {removed} removed",
        outcome.plan.unchanged()
    )
}

/// The documents that were fetched, and how their clients change.
#[cfg(feature = "fetch")]
pub fn fetched(outcome: &crate::fetch::Outcome, color: bool) -> String {
    let mut report = Report {
        text: String::new(),
        color,
    };
    for document in &outcome.documents {
        let (id, revision) = (&document.id, &document.revision);
        match &document.held {
            _ if !document.written => {
                report.line("Unchanged", &format!("{id}, revision {revision}"))
            }
            Some(held) => report.line("Fetched", &format!("{id}, revision {held} -> {revision}")),
            None => report.line("Fetched", &format!("{id}, revision {revision}")),
        }
        if document.written {
            report.line("Wrote", &shown(&document.path));
        }
        if let Some(difference) = &document.difference {
            let _ = write!(report.text, "\n{}\n", crate::diff::print::text(difference));
        }
    }
    if outcome.documents.iter().any(|document| document.written) {
        report.line(
            "Next",
            "look at the difference, then run `cargo xtask codegen`",
        );
    }
    report.text
}

/// How a folder differs from what the generator makes, and the command that mends it.
pub fn drift(outcome: &Outcome) -> Message {
    let (plan, folder) = (&outcome.plan, outcome.folder.as_path());
    let foreign: Vec<_> = plan
        .obstacles()
        .iter()
        .map(|line| entry("foreign", line))
        .collect();
    let help = if foreign.is_empty() {
        format!("run `{}`", outcome.command)
    } else {
        format!(
            "move what codegen did not write elsewhere, then run `{}`",
            outcome.command
        )
    };
    let message = Message::error(format!("{} is not what the generator makes", shown(folder)))
        .details(entries(
            "missing",
            folder,
            plan.missing.iter().map(String::as_str),
        ))
        .details(differing(folder, plan))
        .details(entries(
            "stale",
            folder,
            plan.stale.iter().map(String::as_str),
        ))
        .details(foreign);
    let message = if plan.differing.is_empty() {
        message
    } else {
        message.note("`-` is on the disk, `+` is what the generator makes")
    };
    let steps = outcome
        .packages
        .iter()
        .filter_map(|made| made.step.as_ref());
    let notes = steps.map(|step| format!("the next version is {}", version(step)));
    notes.fold(message, Message::note).help(help)
}

fn entries<'a>(
    what: &str,
    folder: &Path,
    paths: impl ExactSizeIterator<Item = &'a str>,
) -> Vec<String> {
    let more = paths.len().saturating_sub(LISTED);
    let listed = paths
        .take(LISTED)
        .map(|path| entry(what, &shown(&folder.join(path))));
    listed
        .chain((more > 0).then(|| entry("", &format!("and {more} more"))))
        .collect()
}

fn entry(what: &str, text: &str) -> String {
    format!("{what:8} {text}")
}

fn differing(folder: &Path, plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, file) in plan.differing.iter().take(DIFFED) {
        lines.push(entry(
            "differs",
            &format!("{}:{}", shown(&folder.join(path)), file.diff.line),
        ));
        lines.extend(file.diff.lines().map(|line| entry("", &line)));
    }
    let rest: Vec<_> = plan
        .differing
        .keys()
        .skip(DIFFED)
        .map(String::as_str)
        .collect();
    lines.extend(entries("differs", folder, rest.into_iter()));
    lines
}

/// Lines in the manner of cargo: a verb, then what was done.
struct Report {
    text: String,
    color: bool,
}

impl Report {
    fn line(&mut self, verb: &str, text: &str) {
        let verb = paint(&format!("{verb:>12}"), GREEN, self.color);
        let _ = writeln!(self.text, "{verb} {}", printable(text));
    }

    fn files<'a>(
        &mut self,
        verb: &str,
        folder: &Path,
        paths: impl ExactSizeIterator<Item = &'a str>,
    ) {
        let more = paths.len().saturating_sub(LISTED);
        for path in paths.take(LISTED) {
            self.line(verb, &shown(&folder.join(path)));
        }
        if more > 0 {
            self.line(verb, &format!("{more} more"));
        }
    }
}
