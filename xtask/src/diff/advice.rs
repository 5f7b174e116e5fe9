//! Advice for callers: the replacement of an item that is gone, or a way to keep a program working.

use generator::Surface;
use generator::surface::TypeKind;

use super::change::{Change, ChangeKind};
use super::replacements::Replacements;

/// Adds advice to changes.
pub(super) fn add(changes: &mut [Change], old: &Surface, new: &Surface) {
    let replacements = Replacements::new(old, new);
    for change in changes {
        let replacement = replacements.of(&change.item);
        change.help = match replacement.filter(|_| change.kind == ChangeKind::Removed) {
            Some(name) => format!("use `{name}` instead"),
            None => advice(change, new).unwrap_or_default().to_owned(),
        };
    }
}

/// Returns a way to keep a program working.
fn advice(change: &Change, new: &Surface) -> Option<&'static str> {
    match (change.kind, change.item.noun.as_str()) {
        (ChangeKind::Altered, "default scopes") => Some("`with_scopes` requests others"),
        (ChangeKind::Changed, "field" | "parameter") if is_text(&change.old) => {
            let ty = new.types.get(inner(&change.new))?;
            (ty.kind == TypeKind::Enum).then_some("setters accept `&str` as before")
        }
        _ => None,
    }
}

fn is_text(ty: &str) -> bool {
    inner(ty) == "String"
}

/// Returns the type of an optional value, or of each value of a list.
fn inner(ty: &str) -> &str {
    let wrappers = [("Option<", ">"), ("Vec<", ">"), ("[", "]")];
    let unwrapped = wrappers
        .iter()
        .find_map(|(start, end)| ty.strip_prefix(start)?.strip_suffix(end));
    unwrapped.map_or(ty, inner)
}
