//! From documents to packages.

use std::collections::BTreeMap;
use std::path::Path;

use discovery::Document;
use generator::{Options, Surface};
use rayon::prelude::*;

use super::plan::{Plan, Selection};
use super::records::{self, Record};
use super::summary::{Refused, Summary, nothing_written};
use crate::documents::{DocumentFiles, DocumentPaths, TextFile};
use crate::message::{Message, shown};
use crate::release::{self, Release, Status};
use crate::sync::{self, Files};

/// The repository that the committed packages are published from.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The results of all documents, in their order.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) generated: Vec<Generated>,
    pub(super) refused: Vec<Refused>,
}

/// A package and its place.
#[derive(Debug)]
pub(super) struct Generated {
    pub(super) summary: Summary,
    /// Its files; none if it was skipped.
    pub(super) files: Files,
    /// Its folder in the output folder, unless it is the output folder.
    pub(super) folder: Option<String>,
    pub(super) warnings: Vec<Message>,
    /// Warnings about the step from the package before, until they are among the warnings.
    news: Vec<Message>,
    /// The name of the document and the record of the result, for the next run.
    pub(super) record: Option<(String, Record)>,
}

/// Generates the packages of all documents, on all cores.
///
/// # Errors
///
/// Errors that do not concern a single document.
pub(super) fn all(plan: &Plan) -> Result<Batch, Vec<Message>> {
    let program = plan.records.as_ref().and_then(|_| records::program());
    let results: Vec<_> = plan
        .inputs
        .par_iter()
        .map(|paths| (paths, one(plan, paths, program)))
        .collect();
    let (mut generated, mut refused) = (Vec::new(), Vec::new());
    for (paths, result) in results {
        match result {
            Ok(package) => generated.push((package, paths)),
            Err(messages) => refused.push(Refused {
                document: paths.document.clone(),
                messages,
            }),
        }
    }
    let mut errors = plan.errors.clone();
    errors.extend(shared_folders(&generated));
    if !errors.is_empty() {
        errors.extend(refused.into_iter().flat_map(|refused| refused.messages));
        return Err(nothing_written(errors));
    }
    let generated = generated.into_iter().map(|(package, _)| package).collect();
    Ok(Batch { generated, refused })
}

/// Returns an error for documents that share a folder: `a-b.c.json` and `a.b-c.json`.
fn shared_folders(generated: &[(Generated, &DocumentPaths)]) -> Vec<Message> {
    let mut known = BTreeMap::new();
    let mut errors = Vec::new();
    for (package, paths) in generated {
        let Some(folder) = &package.folder else {
            continue;
        };
        let path = shown(&paths.document);
        if let Some(other) = known.insert(folder, path.clone()) {
            let text = format!("{other} and {path} would both become the package `{folder}`");
            let help = "move one of them elsewhere, and name the folder of its package: \
                        `--document FILE --out DIR`";
            errors.push(Message::error(text).help(help));
        }
    }
    errors
}

fn one(
    plan: &Plan,
    paths: &DocumentPaths,
    program: Option<u64>,
) -> Result<Generated, Vec<Message>> {
    let input = paths.read().map_err(|error| vec![error])?;
    let name = paths.document.file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let options = (&plan.selection, &plan.runtime);
    let hash = program.map(|program| records::input(program, &input, &options));
    if let Some(record) = hash.and_then(|hash| plan.record(&name, hash)) {
        return Ok(Generated::skipped(name, record));
    }
    let mut generated = generate(plan, &input)?;
    generated.record = hash.and_then(|hash| Some((name, generated.record(hash)?)));
    generated.warnings.append(&mut generated.news);
    Ok(generated)
}

fn generate(plan: &Plan, input: &DocumentFiles) -> Result<Generated, Vec<Message>> {
    let parsed = input.parse()?;
    let document = parsed.document();
    let folder = match plan.committed {
        true => Some(folder(document, &input.document).map_err(|error| vec![error])?),
        false => None,
    };
    let folder = folder.as_deref();
    let (options, warning) = options(plan, folder).map_err(|error| vec![error])?;
    let (package, mut warnings) = parsed.generate(&options).map_err(|mut messages| {
        if plan.selection == Selection::Recorded && !options.only.is_empty() {
            messages.push(limited(plan, folder, &options.only));
        }
        messages
    })?;
    warnings.extend(warning);
    let Release {
        package,
        status,
        warnings: news,
    } = release::release(
        &plan.package(folder),
        &document.revision,
        package,
        plan.releases_revisions,
    )?;
    Ok(Generated {
        summary: Summary {
            name: package.name,
            files: package.files.len(),
            methods: package.methods,
            types: package.types,
            only: options.only,
            status,
            skipped: false,
        },
        files: package.files,
        folder: folder.map(str::to_owned),
        warnings,
        news,
        record: None,
    })
}

impl Generated {
    /// The package of an earlier run.
    fn skipped(document: String, record: &Record) -> Self {
        Self {
            summary: record.summary.clone(),
            files: Files::new(),
            folder: Some(record.folder.clone()),
            warnings: record.warnings.clone(),
            news: Vec::new(),
            record: Some((document, record.clone())),
        }
    }

    /// Returns the record of the package for the next run.
    fn record(&self, input: u64) -> Option<Record> {
        let status = match self.summary.status {
            Status::OnlyRevision => Status::OnlyRevision,
            Status::New(_) | Status::Current | Status::Bumped(_) => Status::Current,
        };
        Some(Record {
            input,
            output: records::output(&self.files),
            folder: self.folder.clone()?,
            summary: Summary {
                status,
                skipped: true,
                ..self.summary.clone()
            },
            warnings: self.warnings.clone(),
        })
    }
}

/// Returns the options of a package, and a warning about its runtime.
fn options(plan: &Plan, folder: Option<&str>) -> Result<(Options, Option<Message>), Message> {
    let mut options = Options::default();
    options.repository = plan.committed.then(|| REPOSITORY.to_owned());
    let package = plan.package(folder);
    // A selection of patterns needs no record, and replaces a damaged one.
    let recorded = match (&plan.selection, recorded(&package)) {
        (Selection::Patterns(_), recorded) => recorded.unwrap_or_default(),
        (Selection::Recorded, recorded) => recorded?,
    };
    let (source, only) = recorded
        .map(|surface| (surface.runtime_source, surface.only))
        .unwrap_or_default();
    options.only = match &plan.selection {
        Selection::Patterns(patterns) => patterns.clone(),
        Selection::Recorded => only,
    };
    let (runtime, warning) = plan.runtime.resolve(source, &package)?;
    options.runtime = runtime;
    Ok((options, warning))
}

/// Returns the description of the package in a folder, if there is one.
fn recorded(folder: &Path) -> Result<Option<Surface>, Message> {
    let path = folder.join(Surface::FILE);
    if !path.is_file() {
        return Ok(None);
    }
    let file = TextFile::read(&path)?;
    if !sync::is_marked(file.text.as_bytes()) {
        return Ok(None);
    }
    let surface = Surface::parse(&file.text).map_err(|error| {
        Message::error(format!("the file does not describe a client: {error}"))
            .place(shown(&path))
            .help("restore the file, or give `--only PATTERN` or `--all` again")
    })?;
    Ok(Some(surface))
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
