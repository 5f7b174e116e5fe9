//! Advice for callers: the replacement of an item that is gone, or a way to keep a program working.

use std::collections::BTreeMap;

use generator::Surface;
use generator::surface::{Type, TypeKind};

use super::change::{Change, ChangeKind};
use super::{facts, requests};

/// Adds advice to changes.
pub(super) fn add(changes: &mut [Change], old: &Surface, new: &Surface) {
    let replacements = [
        (
            "method",
            replacements(&old.methods, &new.methods, |of, method| {
                Some(requests::text(
                    &surface_of(of, old, new).service.service_path,
                    method,
                ))
            }),
        ),
        (
            "scope",
            replacements(&old.scopes, &new.scopes, |_, scope| {
                Some(scope.value.clone())
            }),
        ),
        (
            "type",
            replacements(&old.types, &new.types, |_, ty| content(ty)),
        ),
    ];
    for change in changes {
        let item = &change.item;
        let replacement = replacements
            .iter()
            .filter(|(noun, _)| change.kind == ChangeKind::Removed && item.noun == *noun)
            .find_map(|(_, found)| found.get(&item.name));
        change.help = match replacement {
            Some(name) => format!("use `{name}` instead"),
            None => advice(change, new).unwrap_or_default().to_owned(),
        };
    }
}

/// The side of a comparison.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

fn surface_of<'a>(side: Side, old: &'a Surface, new: &'a Surface) -> &'a Surface {
    match side {
        Side::Old => old,
        Side::New => new,
    }
}

/// Returns the new names of items that are gone, by the old ones: of the only gone item with a content
/// and the only new item with the same.
fn replacements<T>(
    old: &BTreeMap<String, T>,
    new: &BTreeMap<String, T>,
    content: impl Fn(Side, &T) -> Option<String>,
) -> BTreeMap<String, String> {
    let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    let added = new.iter().filter(|(name, _)| !old.contains_key(*name));
    let gone = by_content(gone.map(|(name, item)| (name, content(Side::Old, item))));
    let added = by_content(added.map(|(name, item)| (name, content(Side::New, item))));
    let pairs = gone.iter().filter_map(|(content, names)| {
        match (names.as_slice(), added.get(content)?.as_slice()) {
            ([old], [new]) => Some(((*old).clone(), (*new).clone())),
            _ => None,
        }
    });
    pairs.collect()
}

fn by_content<'a>(
    items: impl Iterator<Item = (&'a String, Option<String>)>,
) -> BTreeMap<String, Vec<&'a String>> {
    let mut names = BTreeMap::<_, Vec<_>>::new();
    for (name, content) in items {
        if let Some(content) = content {
            names.entry(content).or_default().push(name);
        }
    }
    names
}

/// Returns the members of a type without their documentation, if it has several: others are alike by
/// accident.
fn content(ty: &Type) -> Option<String> {
    let fields = ty.fields.iter();
    let fields = fields.map(|(name, field)| format!("{name}: {} as {}", field.ty, field.wire));
    let variants = ty.variants.iter();
    let variants = variants.map(|(name, variant)| format!("{name} as {}", variant.wire));
    let members: Vec<_> = fields.chain(variants).collect();
    (members.len() > 1).then(|| format!("{} {}", facts::tree(&ty.kind), members.join(", ")))
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
