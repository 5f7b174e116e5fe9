//! `cargo xtask fetch`: takes documents over from Google, byte for byte as published.
//!
//! A document replaces the held one if it parses, its overlay applies, it describes the requested API,
//! a client can be generated from it, and it is not older. If one document fails, none is replaced.

mod address;
mod directory;
mod identity;
mod named;
mod source;
mod web;

use std::path::PathBuf;

pub use crate::cli::Fetch as Request;
use crate::diff::{self, Input};
use crate::documents::{self, DocumentFiles, DocumentPaths, TextFile};
use crate::message::{Message, plural, shown};
use crate::sync::{self, Lock};
use crate::workspace::Workspace;
use identity::Identity;
pub use named::{document, list};
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
    /// The folder of the committed client.
    package: PathBuf,
}

fn wanted(workspace: &Workspace, request: &Request) -> Result<Vec<Api>, Vec<Message>> {
    if let (Some(name), Some(version)) = (&request.name, &request.version) {
        named::check(name, version).map_err(|error| vec![error])?;
        let document = workspace.documents().join(format!("{name}.{version}.json"));
        return Ok(vec![Api {
            name: name.clone(),
            version: version.clone(),
            paths: DocumentPaths::with_overlay(document),
            package: workspace.package(name, version),
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
                package: workspace.package(name, version),
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
    ///
    /// Its identity and age come first: the overlay is for documents of this API that are not older,
    /// and its problems with any other would mislead.
    fn fetch(
        &self,
        document: TextFile,
        allow_older: bool,
    ) -> Result<(Fetched, Option<String>), Vec<Message>> {
        let one = |error: Message| vec![error];
        let held = self.held().map_err(one)?;
        let identity = Identity::parse(&document.text);
        let checked = identity.check(&self.name, &self.version, &document);
        checked.map_err(one)?;
        let is_known = identity.is_known();
        let mut fetched = Fetched {
            id: format!("{}:{}", self.name, self.version),
            revision: identity.revision,
            held: held.as_ref().and_then(|held| revision(&held.document.text)),
            path: self.paths.document.clone(),
            written: held
                .as_ref()
                .is_none_or(|held| held.document.text != document.text),
            difference: None,
            warnings: Vec::new(),
        };
        if is_known && !allow_older {
            self.check_age(&fetched).map_err(one)?;
        }
        let overlay = self.paths.overlay.as_deref().map(TextFile::read);
        let overlay = overlay.transpose().map_err(one)?;
        let input = DocumentFiles { document, overlay };
        self.compare(&mut fetched, held.as_ref(), &input)?;
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

    /// Compares the clients of the two documents. A new document without a client is an error.
    fn compare(
        &self,
        fetched: &mut Fetched,
        held: Option<&DocumentFiles>,
        new: &DocumentFiles,
    ) -> Result<(), Vec<Message>> {
        let new = Input::of_document(new)?;
        fetched.warnings.extend(new.warnings.iter().cloned());
        let Some(held) = held.filter(|_| fetched.written) else {
            return Ok(());
        };
        // The overlay may have been corrected for the new document: then the committed client knows
        // the old one.
        match Input::of_document(held).or_else(|_| self.committed()) {
            Ok(old) => {
                let difference = diff::compare(&old, &new)?;
                fetched.warnings.extend(difference.untyped.clone());
                fetched.difference = Some(difference);
            }
            Err(_) => {
                let old = shown(&fetched.path);
                let text = format!("the old {old} cannot be generated, so there is no diff");
                let help = "that is fine if its overlay was written for the new document";
                fetched.warnings.push(Message::warning(text).help(help));
            }
        }
        Ok(())
    }

    /// Returns the committed client.
    fn committed(&self) -> Result<Input, Message> {
        Input::of_package(sync::generated_files(&self.package)?).and_then(Input::complete)
    }
}

/// Returns the revision in the text of a document, if it has one.
fn revision(text: &str) -> Option<String> {
    Some(Identity::parse(text).revision).filter(|revision| !revision.is_empty())
}
