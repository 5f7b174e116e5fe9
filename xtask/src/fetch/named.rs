//! Documents for single clients: `cargo xtask codegen NAME VERSION`, and the list of their names.

use super::identity::Identity;
use super::source::{self, Source};
use crate::cli::{Codegen, Network};
use crate::message::Message;
use crate::sync::{self, Lock};
use crate::workspace::Workspace;

/// Returns the APIs of the directory that contain all words, one a line.
///
/// # Errors
///
/// A directory that cannot be read, or has no such API.
pub fn list(network: &Network, words: &[String]) -> Result<String, Message> {
    let (_, directory) = source::directory(network)?;
    let found = directory.search(words);
    if found.is_empty() {
        let text = format!("no API contains `{}`", words.join(" "));
        return Err(Message::error(text).help("use fewer words, or parts of words"));
    }
    Ok(found)
}

/// Fetches the document that `request` names, to `target/documents`. Returns the request with its
/// path.
///
/// # Errors
///
/// A document that cannot be fetched or written, or that describes another API.
pub fn document(workspace: &Workspace, request: &Codegen) -> Result<Codegen, Vec<Message>> {
    fetch(workspace, request).map_err(|error| vec![error])
}

fn fetch(workspace: &Workspace, request: &Codegen) -> Result<Codegen, Message> {
    let name = request.name.as_deref().unwrap_or_default();
    let version = request.version.as_deref().unwrap_or_default();
    check(name, version)?;
    let document = Source::directory(&request.network)?.text(name, version)?;
    Identity::parse(&document.text).check(name, version, &document)?;
    let file = format!("{name}.{version}.json");
    let path = workspace.target().join("documents").join(file);
    let _lock = Lock::acquire(&workspace.target())?;
    sync::write_file(&path, &document.text)?;
    Ok(Codegen {
        document: Some(path),
        ..request.clone()
    })
}

/// Checks the name and the version of an API, which become parts of paths and addresses.
pub(super) fn check(name: &str, version: &str) -> Result<(), Message> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    for word in [name, version] {
        if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !word.chars().all(is_allowed) {
            let text = format!("`{word}` is not a name or version of an API");
            return Err(Message::error(text).help("they look like `checks v1alpha`"));
        }
    }
    Ok(())
}
