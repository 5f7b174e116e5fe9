//! `cargo xtask fetch`: takes documents over from Google, byte for byte as published.
//!
//! A document replaces the held one if it parses, its overlay applies, it describes the requested API,
//! a client can be generated from it, and it is not older. If one document fails, none is replaced.

mod address;
mod directory;
mod source;
mod web;

use std::path::PathBuf;

use discovery::Document;

pub use crate::cli::Fetch as Request;
use crate::diff;
use crate::documents::{self, DocumentFiles, DocumentPaths, TextFile};
use crate::message::{Message, plural, shown};
use crate::sync::{self, Lock};
use crate::workspace::Workspace;
use source::Source;

/// The result of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The documents, in the order of their names.
    pub documents: Vec<Fetched>,
}

/// A document that was fetched.
#[derive(Debug)]
pub struct Fetched {
    /// `name:version`.
    pub id: String,
    /// Its revision.
    pub revision: String,
    /// The revision held before, if any.
    pub held: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// True if the file was written.
    pub written: bool,
    /// The difference between its client and the one before.
    pub difference: Option<diff::Outcome>,
    /// Warnings of the document.
    pub warnings: Vec<Message>,
}

/// Fetches the document that `request` names, or all documents of the workspace.
///
/// # Errors
///
/// All errors of the documents and of their servers, before anything is replaced; or a file that
/// cannot be written.
pub fn run(workspace: &Workspace, request: &Request) -> Result<Outcome, Vec<Message>> {
    let wanted = wanted(workspace, request)?;
    let source = Source::new(request).map_err(|error| vec![error])?;
    let (mut ready, mut errors) = (Vec::new(), Vec::new());
    for api in &wanted {
        let fetched = source
            .text(&api.name, &api.version)
            .map_err(|error| vec![error])
            .and_then(|document| api.fetch(document, request.allow_older));
        match fetched {
            Ok(fetched) => ready.push(fetched),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        let count = errors.iter().filter(|error| error.is_error()).count();
        let text = format!("{}, nothing replaced", plural(count, "error"));
        errors.push(Message::error(text));
        return Err(errors);
    }
    replace(workspace, &ready).map_err(|error| vec![error])?;
    let documents = ready.into_iter().map(|(fetched, _)| fetched).collect();
    Ok(Outcome { documents })
}

/// Writes the new documents.
fn replace(workspace: &Workspace, ready: &[(Fetched, Option<String>)]) -> Result<(), Message> {
    if ready.iter().all(|(_, text)| text.is_none()) {
        return Ok(());
    }
    let _lock = Lock::acquire(&workspace.target())?;
    for (fetched, text) in ready {
        if let Some(text) = text {
            sync::write_file(&fetched.path, text)?;
        }
    }
    Ok(())
}

/// An API whose document is requested.
#[derive(Debug)]
struct Api {
    name: String,
    version: String,
    /// The path of the document, and of its overlay if there is one.
    paths: DocumentPaths,
}

fn wanted(workspace: &Workspace, request: &Request) -> Result<Vec<Api>, Vec<Message>> {
    if let (Some(name), Some(version)) = (&request.name, &request.version) {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        for word in [name, version] {
            if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !word.chars().all(is_allowed)
            {
                let text = format!("`{word}` is not a name or version of an API");
                let help = "they look like `checks v1alpha`";
                return Err(vec![Message::error(text).help(help)]);
            }
        }
        let document = workspace.documents().join(format!("{name}.{version}.json"));
        return Ok(vec![Api {
            name: name.clone(),
            version: version.clone(),
            paths: DocumentPaths::with_overlay(document),
        }]);
    }
    let (documents, mut errors) = documents::list(&workspace.documents());
    let mut wanted = Vec::new();
    for paths in documents {
        match paths
            .document
            .file_stem()
            .and_then(|stem| stem.to_str()?.split_once('.'))
        {
            Some((name, version)) => wanted.push(Api {
                name: name.to_owned(),
                version: version.to_owned(),
                paths,
            }),
            None => {
                let text = format!(
                    "the name of {} is not that of an API",
                    shown(&paths.document)
                );
                errors.push(Message::error(text).help("rename it to NAME.VERSION.json"));
            }
        }
    }
    if errors.is_empty() {
        Ok(wanted)
    } else {
        Err(errors)
    }
}

impl Api {
    /// Checks the published document. Returns its text, too, if it is new.
    fn fetch(
        &self,
        document: TextFile,
        allow_older: bool,
    ) -> Result<(Fetched, Option<String>), Vec<Message>> {
        let held = self.held().map_err(|error| vec![error])?;
        let overlay = self.paths.overlay.as_deref().map(TextFile::read);
        let overlay = overlay.transpose().map_err(|error| vec![error])?;
        let input = DocumentFiles { document, overlay };
        let parsed = input.parse()?;
        self.check_identity(parsed.document(), &input)?;
        let mut fetched = Fetched {
            id: parsed.document().id.clone(),
            revision: parsed.document().revision.clone(),
            held: held.as_ref().and_then(|held| revision(&held.document.text)),
            path: self.paths.document.clone(),
            written: held
                .as_ref()
                .is_none_or(|held| held.document.text != input.document.text),
            difference: None,
            warnings: Vec::new(),
        };
        if !allow_older {
            self.check_age(&fetched).map_err(|error| vec![error])?;
        }
        fetched.compare(held.as_ref(), &input)?;
        let text = fetched.written.then_some(input.document.text);
        Ok((fetched, text))
    }

    /// Returns the document held now.
    fn held(&self) -> Result<Option<DocumentFiles>, Message> {
        if self.paths.document.exists() {
            self.paths.read().map(Some)
        } else {
            Ok(None)
        }
    }

    fn check_identity(
        &self,
        document: &Document,
        input: &DocumentFiles,
    ) -> Result<(), Vec<Message>> {
        let Document {
            id, name, version, ..
        } = document;
        let wanted = format!("{}:{}", self.name, self.version);
        if *id == wanted && format!("{name}:{version}") == wanted {
            return Ok(());
        }
        let place = shown(&input.document.path);
        Err(vec![
            Message::error(format!("the document describes `{id}`, not `{wanted}`"))
                .place(place)
                .help("correct the URL, or the name and the version of the API"),
        ])
    }

    fn check_age(&self, fetched: &Fetched) -> Result<(), Message> {
        let Fetched { revision, held, .. } = fetched;
        let number = |revision: &str| revision.parse::<u64>().ok();
        let Some((held, old)) = held.as_deref().and_then(|held| Some((held, number(held)?))) else {
            return Ok(());
        };
        let (text, help) = match number(revision) {
            Some(new) if new >= old => return Ok(()),
            Some(_) => (
                format!("the published revision {revision} is older than the held {held}"),
                "servers may differ for some days after a change: try again later, or take it \
                 with `--allow-older`",
            ),
            None => (
                format!(
                    "the published revision `{revision}` is not a number, and may be older than the held {held}"
                ),
                "compare the two, and take it with `--allow-older`",
            ),
        };
        Err(Message::error(format!("{} {}: {text}", self.name, self.version)).help(help))
    }
}

impl Fetched {
    /// Compares the clients of the two documents. A new document without a client is an error.
    fn compare(
        &mut self,
        held: Option<&DocumentFiles>,
        new: &DocumentFiles,
    ) -> Result<(), Vec<Message>> {
        let new = diff::Input::of_document(new)?;
        self.warnings.extend(new.warnings.iter().cloned());
        match held.filter(|_| self.written).map(diff::Input::of_document) {
            Some(Ok(old)) => self.difference = Some(diff::compare(&old, &new)),
            Some(Err(_)) => {
                let text = format!(
                    "the old {} cannot be generated, so there is no diff",
                    shown(&self.path)
                );
                let help = "that is fine if its overlay was written for the new document";
                self.warnings.push(Message::warning(text).help(help));
            }
            None => {}
        }
        Ok(())
    }
}

/// Returns the revision in the text of a document, whatever else is wrong with it.
fn revision(text: &str) -> Option<String> {
    let document: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(document.get("revision")?.as_str()?.to_owned())
}
