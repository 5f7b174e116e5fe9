//! Items of any kind: those that come and go, and the facts of those that stay.

use std::collections::{BTreeMap, BTreeSet};

use generator::Surface;
use serde::Serialize;
use serde_json::Value;

use super::change::{Change, ChangeKind, Class, ItemName};
use super::{facts, rules};

/// The changes that were found so far.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    pub(super) fn push(&mut self, class: Class, kind: ChangeKind, item: ItemName) {
        self.0.push(Change::new(class, kind, item));
    }

    /// Adds a change from one value to another.
    pub(super) fn values<T: Into<String>>(
        &mut self,
        class: Class,
        kind: ChangeKind,
        item: ItemName,
        [old, new]: [T; 2],
    ) {
        let change = Change::new(class, kind, item);
        self.0.push(change.with_values(old, new));
    }

    /// Adds the items that only one client has. Returns those that both have and that differ.
    pub(super) fn items<'a, T: PartialEq>(
        &mut self,
        (old, new): (&'a BTreeMap<String, T>, &'a BTreeMap<String, T>),
        name: impl Fn(&str) -> ItemName,
        detail: impl Fn(&T) -> String,
    ) -> Vec<(ItemName, &'a T, &'a T)> {
        let mut both = Vec::new();
        for (key, item) in old {
            match new.get(key) {
                Some(other) if item == other => {}
                Some(other) => both.push((name(key), item, other)),
                None => self.0.push(
                    Change::new(Class::Breaking, ChangeKind::Removed, name(key))
                        .with_detail(detail(item)),
                ),
            }
        }
        for (key, item) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            self.0.push(
                Change::new(Class::Additive, ChangeKind::Added, name(key))
                    .with_detail(detail(item)),
            );
        }
        both
    }

    /// Adds the facts of an item that differ, but for those in fields that are `compared` elsewhere.
    pub(super) fn facts(
        &mut self,
        item: &ItemName,
        (old, new): (&impl Serialize, &impl Serialize),
        compared: &[&str],
    ) {
        let [old, new] = [facts::tree(old), facts::tree(new)].map(|mut facts| {
            if let Some(facts) = facts.as_object_mut() {
                facts.retain(|key, _| !compared.contains(&key.as_str()));
            }
            facts
        });
        self.trees(item, old, new, self.0.len());
    }

    /// Adds the facts of an item that differ. Its documentation repeats most facts, so it counts only
    /// if no other change follows the first `before`.
    pub(super) fn trees(&mut self, item: &ItemName, mut old: Value, mut new: Value, before: usize) {
        let [old_docs, new_docs] = [&mut old, &mut new].map(|facts| take(facts, "docs"));
        let deprecated = [&mut old, &mut new].map(|facts| take(facts, "deprecated"));
        let differences = facts::differences(&old, &new);
        let changes = differences.iter().map(|fact| rules::change(item, fact));
        self.0.extend(changes);
        let is_described = self.0.len() == before && old_docs != new_docs;
        match deprecated {
            [None, Some(_)] => self.push(Class::Additive, ChangeKind::Deprecated, item.clone()),
            [Some(_), None] => self.push(Class::Additive, ChangeKind::Restored, item.clone()),
            _ => {}
        }
        if is_described {
            self.push(Class::Documentation, ChangeKind::Described, item.clone());
        }
    }

    /// Adds the change of features of which one brings an item. Features that are gone are changes
    /// already.
    pub(super) fn gates(
        &mut self,
        item: &ItemName,
        (old, new): (&BTreeSet<String>, &BTreeSet<String>),
        features: &BTreeSet<String>,
    ) {
        // The feature of all types turns on the new ones, too.
        let mut lost = old
            .difference(new)
            .filter(|feature| *feature != Surface::ALL_TYPES);
        let loses =
            !new.is_empty() && (old.is_empty() || lost.any(|feature| features.contains(feature)));
        if loses {
            let (item, values) = (item.part("features", ""), [any_of(old), any_of(new)]);
            self.values(Class::Breaking, ChangeKind::Changed, item, values);
        }
    }
}

fn take(facts: &mut Value, key: &str) -> Option<Value> {
    facts.as_object_mut()?.remove(key)
}

fn any_of(features: &BTreeSet<String>) -> String {
    match features.len() {
        0 => "none".to_owned(),
        _ => features.iter().cloned().collect::<Vec<_>>().join(" or "),
    }
}
