//! Two folders of documents, compared document by document.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use generator::Surface;
use rayon::prelude::*;

use super::{Class, Input, Outcome, Request};
use crate::documents::{self, DocumentPaths};
use crate::message::Message;

/// The comparison of two folders.
#[derive(Debug)]
pub struct Folders {
    /// The documents that either folder has, by the names of their files without `.json`.
    pub documents: BTreeMap<String, Comparison>,
}

/// The result for one document.
#[derive(Debug)]
pub enum Comparison {
    /// Only the new folder has it.
    Added,
    /// Only the old folder has it.
    Removed,
    /// Both folders have it, byte for byte.
    Identical,
    /// Both clients can be described.
    Compared(Box<Outcome>),
    /// One of the clients cannot be generated.
    Refused(Vec<Message>),
}

impl Folders {
    /// Returns the exit code: 1 if a document was refused, otherwise that of the gravest class.
    pub fn exit_code(&self) -> u8 {
        let mut gravest = Class::Same;
        for comparison in self.documents.values() {
            match comparison {
                Comparison::Refused(_) => return 1,
                Comparison::Compared(outcome) => gravest = gravest.max(outcome.class()),
                Comparison::Added | Comparison::Removed | Comparison::Identical => {}
            }
        }
        gravest.exit_code()
    }
}

/// Compares two folders of documents. Returns nothing if the request names anything else.
///
/// # Errors
///
/// A folder that cannot be read, or an overlay without its document.
pub fn run(request: &Request) -> Result<Option<Folders>, Vec<Message>> {
    let sides = [&request.old, &request.new].map(Path::new);
    if !sides.into_iter().all(has_documents) {
        return Ok(None);
    }
    let (mut documents, mut errors) =
        (BTreeMap::<_, [Option<DocumentPaths>; 2]>::new(), Vec::new());
    for (side, folder) in sides.into_iter().enumerate() {
        let (found, wrong) = documents::list(folder);
        errors.extend(wrong);
        for paths in found {
            let name = paths.document.file_stem().unwrap_or_default();
            let pair = documents.entry(name.to_string_lossy().into_owned());
            if let Some(place) = pair.or_default().get_mut(side) {
                *place = Some(paths);
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let compared = documents.into_par_iter();
    let compared = compared.map(|(name, pair)| (name, compare(pair)));
    Ok(Some(Folders {
        documents: compared.collect(),
    }))
}

/// Returns whether a path is a folder of documents, and not a package.
fn has_documents(path: &Path) -> bool {
    let is_json = |name: &Path| {
        name.extension()
            .is_some_and(|extension| extension == "json")
    };
    let is_package = path.join("Cargo.toml").exists() || path.join(Surface::FILE).exists();
    let Ok(entries) = fs::read_dir(path) else {
        return false;
    };
    !is_package && entries.flatten().any(|entry| is_json(&entry.path()))
}

fn compare(pair: [Option<DocumentPaths>; 2]) -> Comparison {
    let [Some(old), Some(new)] = &pair else {
        return match pair {
            [None, _] => Comparison::Added,
            _ => Comparison::Removed,
        };
    };
    match compare_inputs(old, new) {
        Ok(Some(outcome)) => Comparison::Compared(Box::new(outcome)),
        Ok(None) => Comparison::Identical,
        Err(messages) => Comparison::Refused(messages),
    }
}

fn compare_inputs(
    old: &DocumentPaths,
    new: &DocumentPaths,
) -> Result<Option<Outcome>, Vec<Message>> {
    let one = |error: Message| vec![error];
    let (old, new) = (old.read().map_err(one)?, new.read().map_err(one)?);
    let texts = [&old, &new].map(|input| {
        let overlay = input.overlay.as_ref();
        (&input.document.text, overlay.map(|overlay| &overlay.text))
    });
    if texts[0] == texts[1] {
        return Ok(None);
    }
    let (old, new) = (Input::of_document(&old)?, Input::of_document(&new)?);
    super::compare(&old, &new).map(Some)
}
