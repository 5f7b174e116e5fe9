//! Conflicts that a merge left in a package.

use std::path::Path;

use crate::message::{Message, shown};
use crate::sync::Files;

/// Refuses a file with the conflict markers of git.
pub(super) fn check(path: &Path, text: &str) -> Result<(), Message> {
    let is_marker = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let Some(line) = text.lines().position(is_marker) else {
        return Ok(());
    };
    let package = shown(path.parent().unwrap_or(path));
    let help = format!(
        "take the package of one side (`git checkout --ours {package}` or `--theirs`), and run codegen \
         again: it adds what the document has"
    );
    Err(Message::error("the file has a conflict of a merge")
        .place(format!("{}:{}", shown(path), line + 1))
        .help(help))
}

/// Refuses a package with a file that has such markers.
pub(super) fn check_all(folder: &Path, files: &Files) -> Result<(), Message> {
    let mut files = files.iter();
    files.try_for_each(|(path, text)| check(&folder.join(path), text))
}
