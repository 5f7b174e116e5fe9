//! `cargo xtask fetch`: takes documents over from Google, byte for byte as published.
//!
//! A document replaces the one that is held when it is whole: it parses, its overlay applies, it is
//! the API that was asked for, a client can be made of it, and it is not older. If one document is
//! not, none is replaced.

mod address;
mod directory;
mod source;
mod web;

use std::path::PathBuf;

use discovery::{Document, Parsed};

pub use crate::cli::Fetch as Request;
use crate::diff;
use crate::documents::{self, Input, Paths, Text};
use crate::explain;
use crate::message::{Message, plural, shown};
use crate::sync;
use crate::workspace::Workspace;
use source::Source;

/// What became of each document.
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
    /// The revision that was held, if there was one.
    pub held: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// Whether the file is another one now.
    pub written: bool,
    /// How its client differs from the one before.
    pub difference: Option<diff::Outcome>,
    /// What deserves a look.
    pub warnings: Vec<Message>,
}

/// Fetches what `request` names, or all documents of the workspace.
///
/// # Errors
///
/// What is wrong with any of the documents or of the ways to them. Nothing was replaced then, unless
/// it is a file that cannot be written.
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
    let mut documents = Vec::new();
    for (fetched, text) in ready {
        sync::replace(&fetched.path, text.as_deref()).map_err(|error| vec![error])?;
        documents.push(fetched);
    }
    Ok(Outcome { documents })
}

/// An API whose document is wanted.
#[derive(Debug)]
struct Api {
    name: String,
    version: String,
    /// Where the document lies, or will lie, with the overlay that is there.
    paths: Paths,
}

fn wanted(workspace: &Workspace, request: &Request) -> Result<Vec<Api>, Vec<Message>> {
    if let (Some(name), Some(version)) = (&request.name, &request.version) {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        for word in [name, version] {
            if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !word.chars().all(is_allowed)
            {
                let text = format!("`{word}` is no name or version of an API");
                let help = "they look like `checks v1alpha`";
                return Err(vec![Message::error(text).help(help)]);
            }
        }
        let document = workspace.documents().join(format!("{name}.{version}.json"));
        return Ok(vec![Api {
            name: name.clone(),
            version: version.clone(),
            paths: Paths {
                overlay: documents::overlay(&document),
                document,
            },
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
                let text = format!("{} does not say which API it is", shown(&paths.document));
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
    /// Looks at the published document: what becomes of it, and its text if that is a new one.
    fn fetch(
        &self,
        document: Text,
        allow_older: bool,
    ) -> Result<(Fetched, Option<String>), Vec<Message>> {
        let held = self.held().map_err(|error| vec![error])?;
        let overlay = match &self.paths.overlay {
            Some(path) => Some(Text::read(path).map_err(|error| vec![error])?),
            None => None,
        };
        let input = Input { document, overlay };
        let Parsed { document, .. } = self.parse(&input)?;
        let mut fetched = Fetched {
            id: document.id,
            revision: document.revision,
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

    /// The document that is there now.
    fn held(&self) -> Result<Option<Input>, Message> {
        if self.paths.document.exists() {
            self.paths.read().map(Some)
        } else {
            Ok(None)
        }
    }

    fn parse(&self, input: &Input) -> Result<Parsed, Vec<Message>> {
        let overlay = input.overlay.as_ref().map(|overlay| overlay.text.as_str());
        let parsed = Document::parse(&input.document.text, overlay)
            .map_err(|problems| explain::messages(input, &problems))?;
        let Document {
            id, name, version, ..
        } = &parsed.document;
        let wanted = format!("{}:{}", self.name, self.version);
        if *id == wanted && format!("{name}:{version}") == wanted {
            return Ok(parsed);
        }
        let place = shown(&input.document.path);
        Err(vec![
            Message::error(format!("the document is that of `{id}`, not of `{wanted}`"))
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
        let (what, help) = match number(revision) {
            Some(new) if new >= old => return Ok(()),
            Some(_) => (
                format!("the published revision {revision} is older than {held}, which is held"),
                "servers may differ for some days after a change: try again later; `--allow-older` \
                 takes it all the same",
            ),
            None => (
                format!(
                    "the published revision `{revision}` is no number, and may be older than {held}, which is held"
                ),
                "see what is published; `--allow-older` takes it all the same",
            ),
        };
        Err(Message::error(format!("{} {}: {what}", self.name, self.version)).help(help))
    }
}

impl Fetched {
    /// Compares the clients of the two documents; that of the new one must be there.
    fn compare(&mut self, held: Option<&Input>, new: &Input) -> Result<(), Vec<Message>> {
        let new = diff::Input::of_document(new)?;
        self.warnings.extend(new.warnings.iter().cloned());
        match held.filter(|_| self.written).map(diff::Input::of_document) {
            Some(Ok(old)) => self.difference = Some(diff::compare(&old, &new)),
            Some(Err(_)) => {
                let text = format!(
                    "the old {} makes no client to compare with",
                    shown(&self.path)
                );
                let help = "if its overlay is for the new document already, all is well";
                self.warnings.push(Message::warning(text).help(help));
            }
            None => {}
        }
        Ok(())
    }
}

/// The revision that the text of a document says, whatever else is wrong with it.
fn revision(text: &str) -> Option<String> {
    let document: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(document.get("revision")?.as_str()?.to_owned())
}
