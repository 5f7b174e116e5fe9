//! References between generated types.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Item, Module, Root, Type, TypePath};

/// The types that each type refers to, also as elements of lists and maps.
pub(super) struct References(BTreeMap<TypePath, Vec<TypePath>>);

impl References {
    pub(super) fn new(schemas: &Module, root: &Root) -> Self {
        let mut references = BTreeMap::new();
        for module in schemas.modules().chain(root.modules()) {
            for entry in &module.entries {
                let types: Vec<&Type> = match &entry.item {
                    Item::Struct(item) => item.fields.iter().map(|field| &field.ty).collect(),
                    Item::Newtype(item) => vec![&item.ty],
                    Item::Alias(item) => vec![&item.ty],
                    Item::Enum(_) => Vec::new(),
                };
                let path = TypePath {
                    module: module.path.clone(),
                    ident: entry.item.ident().clone(),
                };
                let named = types.into_iter().filter_map(Type::named);
                references.insert(path, named.cloned().collect());
            }
        }
        Self(references)
    }

    /// Returns all types.
    pub(super) fn types(&self) -> impl Iterator<Item = &TypePath> {
        self.0.keys()
    }

    /// Returns the types that a type refers to.
    pub(super) fn of(&self, path: &TypePath) -> impl Iterator<Item = &TypePath> {
        self.0.get(path).into_iter().flatten()
    }

    /// Returns the given types and all that they refer to, directly or not.
    pub(super) fn reachable(&self, mut pending: Vec<TypePath>) -> BTreeSet<TypePath> {
        let mut reached = BTreeSet::new();
        while let Some(path) = pending.pop() {
            if !reached.contains(&path) {
                pending.extend(self.of(&path).cloned());
                reached.insert(path);
            }
        }
        reached
    }
}
