//! `discovery/CATALOG.md`: a table of all APIs, with the size of their clients.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::generate::{Finding, Generated};
use super::results::Results;
use crate::message::{Message, printable};
use crate::sync;
use crate::workspace::Workspace;

/// Writes the catalogue, and returns its path.
pub(super) fn write(
    workspace: &Workspace,
    findings: &[Finding],
    results: &Results,
) -> Result<PathBuf, Message> {
    let path = workspace.catalog();
    sync::write_file(&path, &text(findings, results))?;
    Ok(path)
}

fn text(findings: &[Finding], results: &Results) -> String {
    let mut rows: Vec<_> = findings
        .iter()
        .map(|finding| row(finding, results))
        .collect();
    rows.sort();
    // Some documents are published under two names.
    rows.dedup();
    head(findings, results) + &rows.concat()
}

/// Returns the text before the rows.
fn head(findings: &[Finding], results: &Results) -> String {
    let generated = findings.iter();
    let generated = generated.filter_map(|finding| finding.generated.as_ref());
    let generated = generated.map(|package| (package.name.as_str(), package));
    let generated: BTreeMap<_, _> = generated.collect();
    let generated: Vec<_> = generated.into_values().collect();
    let refused = findings
        .iter()
        .filter(|finding| finding.generated.is_none());
    let sum = |size: fn(&Generated) -> usize| generated.iter().map(|package| size(package)).sum();
    let [methods, types, lines]: [usize; 3] = [
        sum(|package| package.methods),
        sum(|package| package.types),
        sum(|package| package.lines),
    ];
    let compiled = generated.iter().filter_map(|package| results.of(package));
    let (clean, faulty): (Vec<_>, Vec<_>) = compiled.partition(|compiled| compiled.problems == 0);
    let newest = generated.iter().map(|package| package.revision.as_str());
    format!(
        "# Catalogue of APIs\n\n\
         Written by `cargo xsurvey FOLDER --catalog` from {} published documents, the newest of revision\n\
         {}. Refused: {}. The others gave {} clients with {methods} methods, {types} types and\n\
         {lines} lines of Rust, of which clippy compiled {} without a warning and {} with one.\n\n\
         The last column is the seconds that clippy takes for the whole client on one core, after its\n\
         dependencies. It is empty for a client that was not compiled. To generate a client:\n\n    \
         cargo xtask codegen drive v3 --out FOLDER\n\n\
         | name, version | API | methods | types | lines | seconds |\n|---|---|--:|--:|--:|--:|\n",
        findings.len(),
        newest.max().unwrap_or("unknown"),
        refused.count(),
        generated.len(),
        clean.len(),
        faulty.len(),
    )
}

fn row(finding: &Finding, results: &Results) -> String {
    let Some(package) = &finding.generated else {
        let file = finding.paths.document.file_stem().unwrap_or_default();
        return format!("| {} | refused | | | | |\n", cell(&file.to_string_lossy()));
    };
    let mut row = format!("| {} {} |", cell(&package.api), cell(&package.version));
    let (methods, types, lines) = (package.methods, package.types, package.lines);
    let _ = write!(
        row,
        " {} | {methods} | {types} | {lines} |",
        cell(&package.title)
    );
    let seconds = results.of(package).map(|compiled| match compiled.seconds {
        _ if compiled.problems > 0 => " fails".to_owned(),
        Some(seconds) => format!(" {seconds:.1}"),
        None => " compiled".to_owned(),
    });
    row + &seconds.unwrap_or_default() + " |\n"
}

/// Returns text that stays in its cell.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in printable(text).chars() {
        match c {
            '|' | '<' | '[' | ']' | '`' | '*' | '_' | '\\' => cell.extend(['\\', c]),
            c => cell.push(c),
        }
    }
    cell
}
