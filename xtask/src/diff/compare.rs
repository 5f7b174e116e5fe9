//! The comparison of two surfaces, part by part.

use std::collections::{BTreeMap, BTreeSet};

use generator::Surface;
use generator::surface::{Constant, Field, Type, Variant};

use super::change::{Change, ChangeKind, Class, ItemName};
use super::items::Changes;
use super::{facts, requests};

/// Parts of a surface that [`changes`] compares one by one. All others are facts of the crate.
const PARTS: [&str; 12] = [
    "format",
    "runtime_source",
    "version",
    "revision",
    "service",
    "features",
    "scopes",
    "endpoints",
    "resources",
    "methods",
    "types",
    "operations",
];

/// Returns all changes, in no particular order.
pub(super) fn changes(old: &Surface, new: &Surface) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        changes: Changes::default(),
    };
    comparison
        .changes
        .facts(&ItemName::new("crate", ""), (old, new), &PARTS);
    comparison.features();
    comparison.constants("scope", &old.scopes, &new.scopes);
    comparison.constants("endpoint", &old.endpoints, &new.endpoints);
    comparison.resources();
    comparison.service();
    comparison.methods();
    comparison.operations();
    comparison.types();
    comparison.changes.0
}

pub(super) struct Comparison<'a> {
    pub(super) old: &'a Surface,
    pub(super) new: &'a Surface,
    pub(super) changes: Changes,
}

impl Comparison<'_> {
    fn features(&mut self) {
        let (old, new) = (&self.old.features, &self.new.features);
        let (changes, name) = (&mut self.changes, |name: &String| {
            ItemName::new("feature", name)
        });
        for feature in old.difference(new) {
            changes.push(Class::Breaking, ChangeKind::Removed, name(feature));
        }
        for feature in new.difference(old) {
            changes.push(Class::Additive, ChangeKind::Added, name(feature));
        }
    }

    fn constants(
        &mut self,
        noun: &str,
        old: &BTreeMap<String, Constant>,
        new: &BTreeMap<String, Constant>,
    ) {
        let name = |key: &str| ItemName::new(noun, key);
        for (item, old, new) in self.changes.items((old, new), name, |_| String::new()) {
            self.changes.facts(&item, (old, new), &[]);
        }
    }

    fn resources(&mut self) {
        let (old, new) = (&self.old.resources, &self.new.resources);
        let name = |key: &str| ItemName::new("resource", key);
        for (item, old, new) in self.changes.items((old, new), name, |_| String::new()) {
            self.changes
                .gates(&item, (&old.features, &new.features), &self.new.features);
            self.changes.facts(&item, (old, new), &["features"]);
        }
    }

    /// Calls that follow operations. Those that are methods too are compared as such.
    fn operations(&mut self) {
        let [before, after] = [self.old, self.new].map(|surface| {
            let ids = surface.methods.values().map(|method| method.id.as_str());
            ids.collect::<BTreeSet<_>>()
        });
        let is_method = |id: &str| before.contains(id) || after.contains(id);
        for (id, old) in &self.old.operations {
            let item = ItemName::new("operation service", id);
            match self.new.operations.get(id) {
                _ if is_method(id) => {}
                Some(new) if old == new => {}
                Some(new) => {
                    let [old, new] = [old, new].map(requests::of_operations);
                    self.changes.facts(&item, (&old, &new), &[]);
                }
                None => self
                    .changes
                    .push(Class::Breaking, ChangeKind::Removed, item),
            }
        }
    }

    fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        let name = |key: &str| ItemName::new("type", key);
        let both = (&old.types, &new.types);
        for (item, old, new) in self.changes.items(both, name, |_| String::new()) {
            self.ty(&item, old, new);
        }
    }

    fn ty(&mut self, item: &ItemName, old: &Type, new: &Type) {
        self.changes
            .gates(item, (&old.features, &new.features), &self.new.features);
        if old.kind != new.kind {
            let kinds = [old, new].map(|ty| facts::text(Some(&facts::tree(&ty.kind))));
            let changes = &mut self.changes;
            return changes.values(Class::Breaking, ChangeKind::Changed, item.clone(), kinds);
        }
        let compared = ["features", "fields", "variants"];
        self.changes.facts(item, (old, new), &compared);
        let name = |key: &str| item.part("field", key);
        let detail = |field: &Field| format!(": {}", field.ty);
        for (field, old, new) in self.changes.items((&old.fields, &new.fields), name, detail) {
            self.field(item, &field, old, new);
        }
        let name = |key: &str| item.part("variant", key);
        let detail = |_: &Variant| String::new();
        for (variant, old, new) in self
            .changes
            .items((&old.variants, &new.variants), name, detail)
        {
            self.changes.facts(&variant, (old, new), &[]);
        }
    }

    fn field(&mut self, owner: &ItemName, item: &ItemName, old: &Field, new: &Field) {
        if old.setter != new.setter {
            let setter = |setter: &String| owner.part("setter", setter);
            let changes = &mut self.changes;
            if let Some(name) = &old.setter {
                changes.push(Class::Breaking, ChangeKind::Removed, setter(name));
            }
            if let Some(name) = &new.setter {
                changes.push(Class::Additive, ChangeKind::Added, setter(name));
            }
        }
        self.changes.facts(item, (old, new), &["setter"]);
    }
}
