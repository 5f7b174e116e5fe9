//! Groups of changes that one line can tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Change, ChangeKind, ItemName};

/// Items that get or lose the same part share a line if there are as many as this.
const SHARED: usize = 2;

/// Changes in one line.
#[derive(Debug)]
pub(super) enum Group<'a> {
    /// Items without an owner: ``the methods `a`, `b` ``.
    Items(Vec<&'a Change>),
    /// Parts of one item: ``the fields `a`, `b` of the type `C` ``.
    Parts(Vec<&'a Change>),
    /// The same part of several items: ``the field `a` of the types `B`, `C` ``.
    Owners(Vec<&'a Change>),
}

/// The facts that changes in one line share.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    kind: ChangeKind,
    texts: Vec<&'a str>,
    owner: Option<&'a ItemName>,
}

impl<'a> Group<'a> {
    pub(super) fn changes(&self) -> &[&'a Change] {
        match self {
            Self::Items(changes) | Self::Parts(changes) | Self::Owners(changes) => changes,
        }
    }
}

/// Groups changes, in the order of the first of each group. A brief text tells a resource that comes or
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
        *sharing.entry(same_part(change)).or_default() += 1;
    }
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = BTreeMap::new();
    for change in changes {
        let part = same_part(change);
        let is_shared = sharing.get(&part).is_some_and(|count| *count >= SHARED);
        let key = match &change.item.of {
            Some(_) if is_shared || is_fact(change) => part,
            Some(owner) => Key {
                texts: vec![&change.item.noun, &change.help],
                owner: Some(owner),
                ..part
            },
            None => part,
        };
        let new = match &change.item.of {
            None => Group::Items,
            Some(_) if is_shared || is_fact(change) => Group::Owners,
            Some(_) => Group::Parts,
        };
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(Group::Items(group) | Group::Parts(group) | Group::Owners(group)) => {
                group.push(change);
            }
            None => groups.push(new(vec![change])),
        }
    }
    groups
}

/// Returns whether a change has an old and a new value.
fn is_fact(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::Changed | ChangeKind::Altered)
}

/// The facts that the changes of the same part of several items share.
fn same_part(change: &Change) -> Key<'_> {
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
        // The feature that an item needs matters; the one it needed before does not.
        (_, true) if item.noun == "features" => vec![&*item.noun, new],
        (_, true) => vec![&*item.noun, &item.name, old, new, help],
        (Some(_), false) => vec![&*item.noun, &item.name, detail, help],
        (None, false) => vec![&*item.noun, help],
    };
    Key {
        kind: change.kind,
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
