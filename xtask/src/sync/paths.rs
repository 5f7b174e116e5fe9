//! Checks the paths of a package: they stay in its folder, on every system.

use std::collections::BTreeMap;

use super::files::{Files, Layout, folders, is_generated};
use super::write;
use crate::message::Message;

/// Returns the problems of the paths of `files`, and of files that lack our header.
pub(super) fn problems(files: &Files, layout: Layout) -> Vec<Message> {
    let (mut fine, mut problems) = (Files::new(), Vec::new());
    for (path, text) in files {
        if let Some(reason) = refusal(path, layout) {
            problems.push(format!("the package has the file {path:?}, {reason}"));
        } else if !is_generated(path, text.as_bytes()) {
            problems.push(format!("the file {path:?} of the package lacks our header"));
        } else {
            fine.insert(path.clone(), String::new());
        }
    }
    problems.extend(clashes(&fine));
    let help = "this is a defect of the generator; nothing was written";
    problems
        .into_iter()
        .map(|problem| Message::error(problem).help(help))
        .collect()
}

fn refusal(path: &str, layout: Layout) -> Option<&'static str> {
    let has = |part: &str| path.split('/').any(|piece| piece == part);
    if path.starts_with('/') {
        return Some("which is absolute");
    }
    if path.contains(':') {
        return Some("which has a colon: a drive on Windows");
    }
    if path.contains('\\') {
        return Some("which has a backslash");
    }
    if path.contains(char::is_control) {
        return Some("which has a control character");
    }
    if has("..") {
        return Some("which leaves the folder");
    }
    if has("") || has(".") {
        return Some("which has a part without a name");
    }
    if layout == Layout::Packages && !path.contains('/') {
        return Some("which is outside of any package");
    }
    if layout.is_user_owned(path) || path.split('/').any(write::is_temporary) {
        return Some("which is reserved for cargo, git or this tool");
    }
    None
}

/// Paths that are the same one on a disk that ignores case, and files that are folders as well.
fn clashes(files: &Files) -> Vec<String> {
    let folders = folders(files);
    let mut seen = BTreeMap::new();
    let mut clashes = Vec::new();
    for path in files
        .keys()
        .map(String::as_str)
        .chain(folders.iter().copied())
    {
        let Some(other) = seen.insert(path.to_lowercase(), path) else {
            continue;
        };
        clashes.push(if other == path {
            format!("the package has {path:?} as a file and as a folder")
        } else {
            format!("the package has {other:?} and {path:?}, one name on a disk that ignores case")
        });
    }
    clashes
}
