//! Arguments that do not name a file, and the way to the document that they probably mean.

use std::path::Path;

use crate::message::{Message, shown};

/// Checks that a document exists.
///
/// # Errors
///
/// An address, or the path of a file that does not exist, with the nearest remedy.
pub(crate) fn check(document: &Path) -> Result<(), Message> {
    if document.to_string_lossy().contains("://") {
        // The address is not repeated: it may hold a key.
        return Err(Message::error("a document is a file, not an address")
            .help("`cargo xtask fetch NAME VERSION --url URL` saves the document at an address"));
    }
    if document.exists() {
        return Ok(());
    }
    let message = Message::error(format!("there is no file {}", shown(document)));
    Err(match remedy(document) {
        Some(help) => message.help(help),
        None => message,
    })
}

fn remedy(document: &Path) -> Option<String> {
    let name = document.file_name()?.to_str()?;
    let with_extension = document.with_file_name(format!("{name}.json"));
    if with_extension.is_file() {
        return Some(format!("did you mean `{}`?", shown(&with_extension)));
    }
    let (api, version) = name.strip_suffix(".json").unwrap_or(name).split_once('.')?;
    Some(format!(
        "`cargo xtask fetch {api} {version}` saves it as discovery/documents/{api}.{version}.json"
    ))
}
