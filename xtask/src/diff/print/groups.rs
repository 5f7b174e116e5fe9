//! Groups of changes that share a line.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Change, ChangeKind, ItemName};

/// Changes in one line.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) form: Form,
    pub(super) first: &'a Change,
    /// All changes, the first one included.
    pub(super) changes: Vec<&'a Change>,
}

/// The common part of the items of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Items without an owner: ``the methods `a`, `b` ``.
    Items,
    /// Parts of one item: ``the fields `a`, `b` of the type `C` ``.
    Parts,
    /// The same parts of several items: ``the field `a` of the types `B`, `C` ``.
    Owners,
}

/// The facts that changes in one line share.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    kind: ChangeKind,
    form: Form,
    texts: Vec<&'a str>,
    owner: Option<&'a ItemName>,
}

/// Groups changes, in the order of the first of each group. A brief text reports a resource that comes or
/// goes instead of its methods and its feature; otherwise they stand for it.
pub(super) fn groups<'a>(
    changes: impl Iterator<Item = &'a Change>,
    all: &[Change],
    is_brief: bool,
) -> Vec<Group<'a>> {
    let outer = outer(all);
    let changes: Vec<_> = changes
        .filter(|change| match is_brief {
            true => !is_implied(change, &outer),
            false => !(is_resource(change) && methods_of(change, all) > 0),
        })
        .collect();
    let mut sharing = BTreeMap::<_, usize>::new();
    for change in &changes {
        *sharing.entry(shared(change)).or_default() += 1;
    }
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = BTreeMap::new();
    for change in changes {
        let mut key = shared(change);
        if key.form == Form::Owners && !is_fact(change) && sharing.get(&key) == Some(&1) {
            key = Key {
                form: Form::Parts,
                texts: vec![&change.item.noun, &change.help],
                owner: change.item.of.as_deref(),
                ..key
            };
        }
        let index = *known.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.changes.push(change),
            None => groups.push(Group {
                form: key.form,
                first: change,
                changes: vec![change],
            }),
        }
    }
    with_the_same_owners(groups)
}

/// Joins the groups of different parts of the same items: ``the fields `a`, `b` of the types `B`, `C` ``.
fn with_the_same_owners(groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let mut joined: Vec<Group<'_>> = Vec::new();
    let mut known = BTreeMap::new();
    for mut group in groups {
        let first = group.first;
        if group.form == Form::Owners && !is_fact(first) {
            let owners = group.changes.iter().map(|change| &change.item.of);
            let owners: Vec<_> = owners.collect();
            let key = (first.kind, &first.item.noun, &first.help, owners);
            let index = *known.entry(key).or_insert(joined.len());
            if let Some(other) = joined.get_mut(index) {
                other.changes.append(&mut group.changes);
                continue;
            }
        }
        joined.push(group);
    }
    joined
}

/// Returns whether a change has an old and a new value.
fn is_fact(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::Changed | ChangeKind::Altered)
}

/// Returns the facts that changes of items share, or those of the same part of several items.
fn shared(change: &Change) -> Key<'_> {
    let Change {
        item,
        detail,
        old,
        new,
        help,
        ..
    } = change;
    let of = item.of.as_deref();
    let texts = match (of, is_fact(change)) {
        // Items that need the same feature now may have needed different ones.
        (_, true) if item.noun == "features" => vec![&*item.noun, new],
        (_, true) => vec![&*item.noun, &item.name, old, new, help],
        (Some(_), false) => vec![&*item.noun, &item.name, detail, help],
        (None, false) => vec![&*item.noun, help],
    };
    Key {
        kind: change.kind,
        form: of.map_or(Form::Items, |_| Form::Owners),
        texts: texts.into_iter().chain(of.map(|of| &*of.noun)).collect(),
        owner: of.and_then(|of| of.of.as_deref()),
    }
}

/// Returns the resources that come or go.
fn outer(all: &[Change]) -> BTreeSet<(ChangeKind, &str)> {
    let resources = all.iter().filter(|change| is_resource(change));
    resources
        .map(|change| (change.kind, &*change.item.name))
        .collect()
}

fn is_resource(change: &Change) -> bool {
    change.item.noun == "resource" && comes_or_goes(change)
}

fn comes_or_goes(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::Added | ChangeKind::Removed)
}

/// Returns whether a change is that of a resource around the item, or of one with its name.
fn is_implied(change: &Change, outer: &BTreeSet<(ChangeKind, &str)>) -> bool {
    let name = change.item.name.as_str();
    let around = |name: &'_ str| name.rsplit_once('.').map(|(around, _)| around.len());
    let mut ends = std::iter::successors(around(name), |end| around(name.get(..*end)?));
    comes_or_goes(change)
        && change.item.of.is_none()
        && match change.item.noun.as_str() {
            "feature" => outer.contains(&(change.kind, name)),
            "resource" | "method" => ends.any(|end| {
                let around = name.get(..end).unwrap_or_default();
                outer.contains(&(change.kind, around))
            }),
            _ => false,
        }
}

/// Returns the number of methods of a resource that come or go with it.
pub(super) fn methods_of(resource: &Change, all: &[Change]) -> usize {
    let is_below = |name: &str| {
        let rest = name.strip_prefix(&*resource.item.name);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let methods = all.iter().filter(|change| {
        let is_method = change.item.noun == "method" && change.item.of.is_none();
        is_method && change.kind == resource.kind && is_below(&change.item.name)
    });
    methods.count()
}
