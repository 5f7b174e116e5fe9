//! Items that took the place of others, as far as two descriptions show it.

use std::collections::{BTreeMap, BTreeSet};

use generator::Surface;
use generator::surface::{Method, Type};

use super::change::ItemName;
use super::{facts, requests};

/// New names, by old ones.
type Renames = BTreeMap<String, String>;

/// The new names of items that are gone, by the kind of item.
pub(super) struct Replacements([(&'static str, Renames); 4]);

impl Replacements {
    pub(super) fn new(old: &Surface, new: &Surface) -> Self {
        let methods = methods(old, new);
        let scopes = Moved::new(&old.scopes, &new.scopes);
        let mut renamed_scopes = Renames::new();
        scopes.pair(&mut renamed_scopes, |_, _, scope| Some(scope.value.clone()));
        Self([
            ("resource", resources(old, &methods)),
            ("type", types(old, new, &methods)),
            ("method", methods),
            ("scope", renamed_scopes),
        ])
    }

    /// Returns the name of the item that replaces one that is gone.
    pub(super) fn of(&self, item: &ItemName) -> Option<&str> {
        let mut renames = self.0.iter().filter(|(noun, _)| *noun == item.noun);
        renames.find_map(|(_, renames)| renames.get(&item.name).map(String::as_str))
    }
}

/// The items that only the old client has, and those that only the new one has.
struct Moved<'a, T>([BTreeMap<&'a str, &'a T>; 2]);

/// A side of a comparison.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

impl<'a, T> Moved<'a, T> {
    fn new(old: &'a BTreeMap<String, T>, new: &'a BTreeMap<String, T>) -> Self {
        let only = |these: &'a BTreeMap<String, T>, others: &BTreeMap<String, T>| {
            let these = these.iter().filter(|(name, _)| !others.contains_key(*name));
            these.map(|(name, item)| (name.as_str(), item)).collect()
        };
        Self([only(old, new), only(new, old)])
    }

    /// Adds the pairs of items that are the only ones on their side with a key, and that have no
    /// partner yet.
    fn pair<K: Ord>(&self, renames: &mut Renames, key: impl Fn(Side, &str, &T) -> Option<K>) {
        let taken: BTreeSet<_> = renames.values().cloned().collect();
        let Self([gone, added]) = self;
        let gone = gone
            .iter()
            .filter(|(name, _)| !renames.contains_key(**name));
        let added = added.iter().filter(|(name, _)| !taken.contains(**name));
        let gone = gone.filter_map(|(name, item)| Some((key(Side::Old, name, item)?, *name)));
        let added = added.filter_map(|(name, item)| Some((key(Side::New, name, item)?, *name)));
        let (gone, added) = (by_key(gone), by_key(added));
        let pairs = gone.iter().filter_map(|(key, gone)| {
            let (Some(gone), Some(added)) = (gone, added.get(key)?) else {
                return None;
            };
            Some(((*gone).to_owned(), (*added).to_owned()))
        });
        renames.extend(pairs.collect::<Vec<_>>());
    }
}

/// Returns names by their keys; none for a key that several have.
fn by_key<'a, K: Ord>(items: impl Iterator<Item = (K, &'a str)>) -> BTreeMap<K, Option<&'a str>> {
    let mut names = BTreeMap::new();
    for (key, name) in items {
        let only = names.entry(key).or_insert(Some(name));
        *only = only.filter(|only| *only == name);
    }
    names
}

/// Pairs methods that send the same request; of several, those with the same name and resource.
fn methods(old: &Surface, new: &Surface) -> Renames {
    let moved = Moved::new(&old.methods, &new.methods);
    let request = |side, method: &Method| match side {
        Side::Old => requests::text(&old.service.service_path, method),
        Side::New => requests::text(&new.service.service_path, method),
    };
    let mut renames = Renames::new();
    moved.pair(&mut renames, |side, _, method| Some(request(side, method)));
    moved.pair(&mut renames, |side, name, method| {
        let words: Vec<_> = name.rsplit('.').take(2).map(str::to_owned).collect();
        Some((words, request(side, method)))
    });
    renames
}

/// Pairs a resource with the one that has most of its methods now, and no other has any.
fn resources(old: &Surface, methods: &Renames) -> Renames {
    let mut moved = BTreeMap::<&str, Vec<Option<&str>>>::new();
    for name in old.methods.keys() {
        if let Some(resource) = resource_of(name) {
            let target = methods.get(name).and_then(|name| resource_of(name));
            moved.entry(resource).or_default().push(target);
        }
    }
    let pairs = moved.into_iter().filter_map(|(name, targets)| {
        let known: Vec<_> = targets.iter().flatten().collect();
        let first = **known.first()?;
        let is_clear =
            2 * known.len() > targets.len() && known.iter().all(|target| **target == first);
        (is_clear && first != name).then(|| (name.to_owned(), first.to_owned()))
    });
    pairs.collect()
}

/// Returns the resource of a method: `apps` of `apps.list`.
fn resource_of(method: &str) -> Option<&str> {
    method.rsplit_once('.').map(|(resource, _)| resource)
}

/// Pairs types that have the same members, and types of which one stands where the other stood.
fn types(old: &Surface, new: &Surface, methods: &Renames) -> Renames {
    let moved = Moved::new(&old.types, &new.types);
    let mut renames = Renames::new();
    if moved.0.iter().any(BTreeMap::is_empty) {
        return renames;
    }
    // A pair is evidence for the types of its fields.
    loop {
        let known = renames.clone();
        moved.pair(&mut renames, |side, _, ty| match side {
            Side::Old => content(ty, &known),
            Side::New => content(ty, &Renames::new()),
        });
        let places = places(old, new, methods, &renames);
        renames.extend(in_place(&moved, &places, &renames));
        if renames.len() == known.len() {
            return renames;
        }
    }
}

/// Returns the types at the places that both clients have: responses, request bodies and fields.
fn places<'a>(
    old: &'a Surface,
    new: &'a Surface,
    methods: &Renames,
    types: &Renames,
) -> Vec<[&'a str; 2]> {
    let mut places = Vec::new();
    for (old, new) in both(&old.methods, &new.methods, methods) {
        let body = |method: &'a Method| method.body.as_ref().map(|body| &*body.ty);
        let response = old.response.as_deref().zip(new.response.as_deref());
        let found = response.into_iter().chain(body(old).zip(body(new)));
        places.extend(found.map(|(old, new)| [old, new]));
    }
    let same_name = Renames::new();
    for (old, new) in both(&old.types, &new.types, types) {
        let fields = both(&old.fields, &new.fields, &same_name);
        places.extend(fields.map(|(old, new)| [&*old.ty, &*new.ty]));
    }
    places
}

/// Returns the items of both clients, under the same name or a new one.
fn both<'a, T>(
    old: &'a BTreeMap<String, T>,
    new: &'a BTreeMap<String, T>,
    renames: &Renames,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    old.iter().filter_map(move |(name, item)| {
        let name = renames.get(name).unwrap_or(name);
        new.get(name).map(|other| (item, other))
    })
}

/// Returns pairs of types of which the new one stands wherever the old one stood, if the place is left.
fn in_place(moved: &Moved<'_, Type>, places: &[[&str; 2]], known: &Renames) -> Renames {
    let Moved([gone, added]) = moved;
    let pairs = places.iter().filter(|[old, new]| old != new);
    let pairs = pairs.flat_map(|[old, new]| words(old).zip(words(new)));
    let pairs = pairs.filter(|(old, new)| {
        gone.contains_key(*old) && added.contains_key(*new) && !known.contains_key(*old)
    });
    let pairs = by_key(pairs).into_iter();
    let pairs = pairs.filter_map(|(old, new)| Some((old.to_owned(), new?.to_owned())));
    pairs.collect()
}

/// Returns the words of a type: `Option` and `schemas::Thing` of `Option<schemas::Thing>`.
fn words(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '#')))
}

/// Returns the members of a type without their documentation, if it has several: others are alike by
/// accident.
fn content(ty: &Type, renames: &Renames) -> Option<String> {
    let renamed = |ty: &str| -> String {
        let words = words(ty).map(|word| renames.get(word).map_or(word, String::as_str));
        words.collect::<Vec<_>>().join(" ")
    };
    let fields = ty.fields.iter();
    let fields =
        fields.map(|(name, field)| format!("{name}: {} as {}", renamed(&field.ty), field.wire));
    let variants = ty.variants.iter();
    let variants = variants.map(|(name, variant)| format!("{name} as {}", variant.wire));
    let members: Vec<_> = fields.chain(variants).collect();
    (members.len() > 1).then(|| format!("{} {}", facts::tree(&ty.kind), members.join(", ")))
}
