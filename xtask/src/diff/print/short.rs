//! Changes in a brief text: names without types and arguments, and paths where they differ.

use crate::diff::Change;

/// Returns a change as a brief text reports it.
pub(super) fn change(change: &Change) -> Change {
    let mut short = Change {
        detail: String::new(),
        ..change.clone()
    };
    if change.item.noun == "HTTP request"
        && let Some([old, new]) = segments(&change.old, &change.new)
    {
        (short.old, short.new) = (old, new);
    }
    short
}

/// Returns the segments in which the paths of two requests with the same verb differ: `…/{name}/…`.
fn segments(old: &str, new: &str) -> Option<[String; 2]> {
    let (old, new) = (old.split_once(' ')?, new.split_once(' ')?);
    if old.0 != new.0 || old.0.starts_with('(') {
        return None;
    }
    let [old, new] = [old.1, new.1].map(|path| path.split('/').collect::<Vec<_>>());
    // A segment of each path stays, even if the other path has it, too.
    let most = old.len().min(new.len()) - 1;
    let start = old
        .iter()
        .zip(&new)
        .take(most)
        .take_while(|(old, new)| old == new);
    let start = start.count();
    let end = old.iter().rev().zip(new.iter().rev()).take(most - start);
    let end = end.take_while(|(old, new)| old == new).count();
    Some([old, new].map(|path| {
        let differing = path
            .get(start..path.len() - end)
            .unwrap_or_default()
            .join("/");
        let before = if start > 0 { "…/" } else { "" };
        let after = if end > 0 { "/…" } else { "" };
        format!("{before}{differing}{after}")
    }))
}
