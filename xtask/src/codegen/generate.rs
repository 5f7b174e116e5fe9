//! From documents to packages.

use std::collections::BTreeMap;
use std::path::Path;

use discovery::Document;
use generator::{Options, Package, Runtime, Surface};

use super::plan::{Plan, Selection};
use crate::documents::{DocumentFiles, TextFile};
use crate::message::{Message, plural, shown};
use crate::release::{self, VersionBump};
use crate::sync;

/// A package and its place.
#[derive(Debug)]
pub(super) struct Generated {
    pub(super) package: Package,
    /// The difference between its version and that on the disk.
    pub(super) bump: Option<VersionBump>,
    /// Its folder in the output folder, unless it is the output folder.
    pub(super) folder: Option<String>,
    /// The patterns that it was generated with; empty for a complete client.
    pub(super) only: Vec<String>,
    pub(super) warnings: Vec<Message>,
}

/// Generates the packages of all documents, or returns all errors of all documents.
pub(super) fn all(plan: &Plan) -> Result<Vec<Generated>, Vec<Message>> {
    let (mut generated, mut messages) = (Vec::new(), plan.unread.clone());
    for input in &plan.inputs {
        match one(plan, input) {
            Ok(package) => generated.push((package, input)),
            Err(problems) => messages.extend(problems),
        }
    }
    messages.extend(shared_folders(&generated));
    if messages.is_empty() {
        return Ok(generated.into_iter().map(|(package, _)| package).collect());
    }
    let errors = messages.iter().filter(|message| message.is_error()).count();
    let text = format!("{}, nothing written", plural(errors, "error"));
    messages.push(Message::error(text));
    Err(messages)
}

/// Returns an error for documents that share a folder: `a-b.c.json` and `a.b-c.json`.
fn shared_folders(generated: &[(Generated, &DocumentFiles)]) -> Vec<Message> {
    let mut known = BTreeMap::new();
    let mut errors = Vec::new();
    for (package, input) in generated {
        let Some(folder) = &package.folder else {
            continue;
        };
        let path = shown(&input.document.path);
        if let Some(other) = known.insert(folder, path.clone()) {
            let text = format!("{other} and {path} would both become the package `{folder}`");
            let help = "move one of them elsewhere, and name the folder of its package: \
                        `--document FILE --out DIR`";
            errors.push(Message::error(text).help(help));
        }
    }
    errors
}

fn one(plan: &Plan, input: &DocumentFiles) -> Result<Generated, Vec<Message>> {
    let parsed = input.parse()?;
    let document = parsed.document();
    let folder = match plan.committed {
        true => Some(folder(document, &input.document).map_err(|error| vec![error])?),
        false => None,
    };
    let folder = folder.as_deref();
    let options = options(plan, folder).map_err(|error| vec![error])?;
    let (package, warnings) = parsed.generate(&options).map_err(|mut messages| {
        if plan.selection == Selection::Recorded && !options.only.is_empty() {
            messages.push(limited(plan, folder, &options.only));
        }
        messages
    })?;
    let release = release::release(&plan.package(folder), &document.revision, package)?;
    Ok(Generated {
        package: release.package,
        bump: release.bump,
        folder: folder.map(str::to_owned),
        only: options.only,
        warnings,
    })
}

fn options(plan: &Plan, folder: Option<&str>) -> Result<Options, Message> {
    let mut options = Options::default();
    options.runtime = Runtime::Path(plan.runtime.clone());
    options.standalone = plan.standalone;
    options.only = match &plan.selection {
        Selection::Patterns(patterns) => patterns.clone(),
        Selection::Recorded => recorded(&plan.package(folder))?,
    };
    Ok(options)
}

/// Returns the patterns that the package in a folder was generated with, if there is one.
fn recorded(folder: &Path) -> Result<Vec<String>, Message> {
    let path = folder.join(Surface::FILE);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let file = TextFile::read(&path)?;
    if !sync::is_marked(file.text.as_bytes()) {
        return Ok(Vec::new());
    }
    let surface = Surface::parse(&file.text).map_err(|error| {
        Message::error(format!("the file does not describe a client: {error}"))
            .place(shown(&path))
            .help("restore the file, or give `--only PATTERN` or `--all` again")
    })?;
    Ok(surface.only)
}

/// Returns a warning that an earlier command, perhaps of long ago, selected the methods.
fn limited(plan: &Plan, folder: Option<&str>, only: &[String]) -> Message {
    let file = shown(&plan.package(folder).join(Surface::FILE));
    let only = only.join(", ");
    Message::warning(format!("{file} limits the package to `{only}`"))
        .help("`--only` gives other patterns, `--all` generates the complete client")
}

/// Returns `NAME-VERSION`. The file must be `NAME.VERSION.json`, so that documents do not share a
/// folder.
fn folder(document: &Document, file: &TextFile) -> Result<String, Message> {
    let (name, version) = (&document.name, &document.version);
    let expected = format!("{name}.{version}.json");
    if file.path.file_name().is_none_or(|name| name != &*expected) {
        let text = format!("{} describes {name} {version}", shown(&file.path));
        return Err(Message::error(text).help(format!("rename it to {expected}")));
    }
    Ok(format!("{name}-{version}"))
}
