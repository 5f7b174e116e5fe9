//! Reports that a run prints when it is done.

mod packages;

use std::fmt::Write as _;
#[cfg(feature = "fetch")]
use std::path::Path;
use std::time::Duration;

use crate::codegen::{Outcome, Summary};
use crate::message::{GREEN, Message, paint, plural, printable, shown};
use crate::publish::Candidate;
use crate::release::{Status, VersionBump};

pub use packages::json;

/// The number of files listed by name; the rest are counted.
const LISTED: usize = 10;
/// The number of files shown with the lines that differ.
const DIFFED: usize = 5;

/// Returns the files that were written and removed, and the size of each package.
pub fn done(outcome: &Outcome, elapsed: Duration, color: bool) -> String {
    let mut report = Report::new(color);
    if outcome.packages.len() + outcome.refused.len() > LISTED {
        report.text.push_str(&packages::table(outcome));
    } else {
        report.packages(outcome);
    }
    let (written, stale) = (outcome.diff.written(), &outcome.diff.stale);
    report.files("Wrote", outcome, written.iter().copied());
    report.files("Removed", outcome, stale.iter().map(String::as_str));
    let counts = match (written.len(), outcome.unchanged(), stale.len()) {
        (0, unchanged, 0) => format!("{} up to date", plural(unchanged, "file")),
        (written, unchanged, removed) => {
            format!("{written} written, {unchanged} unchanged, {removed} removed")
        }
    };
    let seconds = elapsed.as_secs_f64();
    report.line("Finished", &format!("{counts} in {seconds:.2} s"));
    report.text
}

/// Returns the line for a build that a task needs first.
pub fn building(build: &str, color: bool) -> String {
    let mut report = Report::new(color);
    report.line("Building", build);
    report.text
}

/// Returns the packages that are published already, and those that are next.
pub fn publishing(candidates: &[Candidate], dry_run: bool, color: bool) -> String {
    let mut report = Report::new(color);
    if dry_run {
        for package in candidates {
            report.line("Package", &format!("{} {}", package.name, package.version));
        }
        return report.text;
    }
    for package in candidates {
        let verb = match package.is_published {
            true => "Published",
            false => "New",
        };
        report.line(verb, &format!("{} {}", package.name, package.version));
    }
    let new = candidates.iter().filter(|package| !package.is_published);
    let (new, all) = (new.count(), candidates.len());
    report.line(
        "Publishing",
        &format!("{new} of {}", plural(all, "package")),
    );
    report.text
}

fn contents(package: &Summary) -> String {
    let only = match package.only.as_slice() {
        [] => String::new(),
        patterns => format!("; only {}", patterns.join(", ")),
    };
    format!(
        "{}: {}, {}, {}{only}",
        package.name,
        plural(package.methods, "method"),
        plural(package.types, "type"),
        plural(package.files, "file"),
    )
}

/// Returns the new version of a package, and the reason for it.
fn version(bump: &VersionBump) -> String {
    format!(
        "{} {}, after {}: {}",
        bump.name, bump.to, bump.from, bump.reason
    )
}

/// Returns the line for a document that was fetched for one client.
#[cfg(feature = "fetch")]
pub fn saved(document: &Path, color: bool) -> String {
    let mut report = Report::new(color);
    report.line("Fetched", &shown(document));
    report.text
}

/// Returns the documents that were fetched, and the changes of their clients.
#[cfg(feature = "fetch")]
pub fn fetched(outcome: &crate::fetch::Outcome, color: bool) -> String {
    let mut report = Report::new(color);
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

/// Returns the list of the documents without a package.
pub fn refused(outcome: &Outcome) -> Message {
    let count = plural(outcome.refused.len(), "document");
    let documents = outcome.refused.iter();
    Message::error(format!(
        "{count} refused, the packages of the others are current"
    ))
    .details(documents.map(|refused| shown(&refused.document)))
    .help("the problems are above; their packages are as they were")
}

/// Returns the difference between a folder and the generated files, with the command that writes them.
pub fn drift(outcome: &Outcome) -> Message {
    let (diff, command) = (&outcome.diff, &outcome.command);
    let path = |name: &String| shown(&outcome.folder.join(name));
    let mut lines = entries("missing", diff.missing.iter().map(path));
    for (name, file) in diff.differing.iter().take(DIFFED) {
        lines.push(entry(
            "differs",
            &format!("{}:{}", path(name), file.lines.line),
        ));
        lines.extend(file.lines.lines().map(|line| entry("", &line)));
    }
    let others = diff.differing.keys().skip(DIFFED).map(path);
    lines.extend(entries("differs", others));
    lines.extend(entries("stale", diff.stale.iter().map(path)));
    let conflicts = diff.conflicts();
    lines.extend(conflicts.iter().map(|line| entry("foreign", line)));

    let text = format!("{} is not up to date", shown(&outcome.folder));
    let mut message = Message::error(text).details(lines);
    if !diff.differing.is_empty() {
        message = message.note("`-` is on the disk, `+` is generated");
    }
    let bumps = outcome
        .packages
        .iter()
        .filter_map(|package| match &package.status {
            Status::Bumped(bump) => Some(format!("the next version is {}", version(bump))),
            _ => None,
        });
    let message = bumps.take(LISTED).fold(message, Message::note);
    message.help(match conflicts.is_empty() {
        true => format!("run `{command}`"),
        false => format!("move files that codegen did not write elsewhere, then run `{command}`"),
    })
}

/// Returns a line for each of the first paths, and one with the number of the rest.
fn entries(kind: &str, paths: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<_> = paths.map(|path| entry(kind, &path)).collect();
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    lines.extend((more > 0).then(|| entry("", &format!("and {more} more"))));
    lines
}

fn entry(kind: &str, text: &str) -> String {
    format!("{kind:8} {text}")
}

/// Lines in the manner of cargo: a verb and its object.
struct Report {
    text: String,
    color: bool,
}

impl Report {
    fn new(color: bool) -> Self {
        Self {
            text: String::new(),
            color,
        }
    }

    fn line(&mut self, verb: &str, text: &str) {
        let verb = paint(&format!("{verb:>12}"), GREEN, self.color);
        let _ = writeln!(self.text, "{verb} {}", printable(text));
    }

    /// Lists the packages one by one.
    fn packages(&mut self, outcome: &Outcome) {
        for package in &outcome.packages {
            let verb = match (outcome.check, package.skipped) {
                (_, true) => "Unchanged",
                (true, false) => "Checked",
                (false, false) => "Generated",
            };
            self.line(verb, &contents(package));
            match &package.status {
                Status::Bumped(bump) => self.line("Versioned", &version(bump)),
                Status::OnlyRevision => self.line(
                    "Kept",
                    &format!(
                        "{}: nothing but the revision differs (`--release-revisions` releases it)",
                        package.name
                    ),
                ),
                Status::New(_) | Status::Current => {}
            }
        }
        for refused in &outcome.refused {
            self.line("Refused", &shown(&refused.document));
        }
    }

    fn files<'a>(
        &mut self,
        verb: &str,
        outcome: &Outcome,
        paths: impl ExactSizeIterator<Item = &'a str>,
    ) {
        let more = paths.len().saturating_sub(LISTED);
        for path in paths.take(LISTED) {
            self.line(verb, &shown(&outcome.folder.join(path)));
        }
        if more > 0 {
            self.line(verb, &format!("{more} more"));
        }
    }
}
