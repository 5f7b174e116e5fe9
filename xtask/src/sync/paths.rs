//! Which paths a package may have: those that stay in its folder, on every system.

use std::collections::{BTreeMap, BTreeSet};

use super::{Files, Layout, is_marked, write};
use crate::message::Message;

/// What cargo, git and we keep at the root of a package beside its files.
const KEPT: [&str; 3] = [".git", "Cargo.lock", "target"];

/// Whether `path` is ours to look at: not what belongs to the user of a package, see [`Layout`].
pub(super) fn is_kept(path: &str, layout: Layout) -> bool {
    let in_package = match layout {
        Layout::Package => Some(path),
        Layout::Packages => path.split_once('/').map(|(_, rest)| rest),
    };
    let first = in_package.and_then(|path| path.split('/').next());
    first.is_some_and(|first| KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(first)))
}

/// The folders that `files` lie in.
pub(super) fn folders(files: &Files) -> BTreeSet<&str> {
    files
        .keys()
        .flat_map(|path| path.match_indices('/').map(|(end, _)| &path[..end]))
        .collect()
}

/// All that is wrong with the paths of `files`, and files that lack our header.
pub(super) fn problems(files: &Files, layout: Layout) -> Vec<Message> {
    let (mut fine, mut problems) = (Files::new(), Vec::new());
    for (path, text) in files {
        if let Some(reason) = refusal(path, layout) {
            problems.push(format!("the package has the file {path:?}, {reason}"));
        } else if !is_marked(text.as_bytes()) {
            problems.push(format!("the file {path:?} of the package lacks our header"));
        } else {
            fine.insert(path.clone(), String::new());
        }
    }
    problems.extend(clashes(&fine));
    let help = "this is a mistake in the generator; nothing was written";
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
        return Some("which is in no package");
    }
    if is_kept(path, layout) || path.split('/').any(write::is_temporary) {
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
