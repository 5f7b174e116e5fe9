//! From documents to packages.

use std::collections::BTreeMap;

use discovery::Document;
use generator::{Options, Package, Runtime};
use semver::Version;

use super::job::{Job, Only};
use super::recorded;
use crate::documents::{Input, Text};
use crate::explain;
use crate::message::{Message, plural, shown};
use crate::release::{self, Release, VersionBump};

/// A package and where it goes.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) package: Package,
    /// How its version differs from that on the disk.
    pub(super) step: Option<VersionBump>,
    /// Its folder in the output folder, unless it is the output folder.
    pub(super) folder: Option<String>,
    /// The methods and schemas that it was reduced to; empty if it is whole.
    pub(super) only: Vec<String>,
    pub(super) warnings: Vec<Message>,
}

/// Makes the packages of all documents, or says all that is wrong with any of them.
pub(super) fn all(job: &Job) -> Result<Vec<Made>, Vec<Message>> {
    let (mut made, mut messages) = (Vec::new(), job.unread.clone());
    for input in &job.inputs {
        match one(job, input) {
            Ok(package) => made.push((package, input)),
            Err(problems) => messages.extend(problems),
        }
    }
    messages.extend(shared_folders(&made));
    if messages.is_empty() {
        return Ok(made.into_iter().map(|(made, _)| made).collect());
    }
    let errors = messages.iter().filter(|message| message.is_error()).count();
    messages.push(Message::error(format!(
        "{}, nothing written",
        plural(errors, "error")
    )));
    Err(messages)
}

/// Documents whose packages would be one folder: `a-b.c.json` and `a.b-c.json`.
fn shared_folders(made: &[(Made, &Input)]) -> Vec<Message> {
    let mut known = BTreeMap::new();
    let mut errors = Vec::new();
    for (made, input) in made {
        let Some(folder) = &made.folder else {
            continue;
        };
        let path = shown(&input.document.path);
        if let Some(other) = known.insert(folder, path.clone()) {
            let text = format!("{other} and {path} would both become the package `{folder}`");
            let help = "move one of them elsewhere, and say where its package goes: \
                        `--document FILE --out DIR`";
            errors.push(Message::error(text).help(help));
        }
    }
    errors
}

fn one(job: &Job, input: &Input) -> Result<Made, Vec<Message>> {
    let overlay = input.overlay.as_ref().map(|overlay| overlay.text.as_str());
    let parsed = Document::parse(&input.document.text, overlay)
        .map_err(|problems| explain::messages(input, &problems))?;
    let mut warnings = explain::messages(input, &parsed.warnings);
    let folder = job
        .committed
        .then(|| folder(&parsed.document, &input.document))
        .transpose()
        .map_err(|error| vec![error])?;
    let options = options(job, folder.as_deref()).map_err(|error| vec![error])?;
    let make = |version: &Version| {
        let mut options = options.clone();
        options.version = version.to_string();
        generator::generate(&parsed.document, &options).map_err(|problems| {
            let mut messages = warnings.clone();
            messages.extend(explain::messages(input, &parsed.attribute(problems)));
            if job.only == Only::Recorded && !options.only.is_empty() {
                messages.push(repeated(job, folder.as_deref(), &options.only));
            }
            messages
        })
    };
    let past = job.package(folder.as_deref());
    let Release {
        package,
        bump: step,
    } = release::release(&past, &parsed.document.revision, &make)?;
    let found = parsed.attribute(package.warnings.clone());
    warnings.extend(explain::messages(input, &found));
    Ok(Made {
        package,
        step,
        folder,
        only: options.only,
        warnings,
    })
}

fn options(job: &Job, folder: Option<&str>) -> Result<Options, Message> {
    let mut options = Options::default();
    options.runtime = Runtime::Path(job.runtime.clone());
    options.standalone = job.standalone;
    options.only = match &job.only {
        Only::Recorded => recorded::only(&job.package(folder))?,
        Only::These(patterns) => patterns.clone(),
    };
    Ok(options)
}

/// Who chose the methods is another command, perhaps of long ago.
fn repeated(job: &Job, folder: Option<&str>, only: &[String]) -> Message {
    let manifest = shown(&recorded::manifest(&job.package(folder)));
    let only = only.join(", ");
    Message::warning(format!("{manifest} keeps the package to `{only}`"))
        .help("`--only` gives other patterns, `--all` generates the whole client")
}

/// `NAME-VERSION`. The file must be `NAME.VERSION.json`, so that no two documents share a folder.
fn folder(document: &Document, file: &Text) -> Result<String, Message> {
    let expected = format!("{}.{}.json", document.name, document.version);
    if file
        .path
        .file_name()
        .is_none_or(|name| name != expected.as_str())
    {
        let text = format!(
            "{} describes {} {}",
            shown(&file.path),
            document.name,
            document.version
        );
        return Err(Message::error(text).help(format!("rename it to {expected}")));
    }
    Ok(format!("{}-{}", document.name, document.version))
}
