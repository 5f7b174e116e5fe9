//! Cargo features: one for each resource at the root, and the types that need it.

use std::collections::{BTreeMap, BTreeSet};

use super::references::References;
use crate::model::{FeatureGate, Method, Module, Resource, Root, Type, TypePath};
use crate::names::{Ident, reserved};
use crate::surface::Surface;

/// A type used by more features than these is always compiled: a longer condition would cost more than
/// the type.
const MAX_FEATURES: usize = 8;

/// Makes a feature of each resource at the root, puts each type behind those that use it, and returns
/// the features. A single resource is a feature too, so that a second one takes nothing away.
pub(super) fn gate(schemas: &mut Module, root: &mut Root) -> Vec<String> {
    if root.resources.is_empty() {
        return Vec::new();
    }
    let references = References::new(schemas, root);
    let mut users = users(&references, &root.resources);
    let always = references.reachable(messages(&root.methods));
    let unreferenced: Vec<_> = references
        .types()
        .filter(|path| path.module.starts_with(&schemas.path))
        .filter(|path| !users.contains_key(*path) && !always.contains(*path))
        .cloned()
        .collect();
    let mut features: Vec<String> = root.resources.iter().map(feature).collect();
    for (resource, feature) in root.resources.iter_mut().zip(&features) {
        resource.gate = FeatureGate(vec![feature.clone()]);
    }
    for path in references.reachable(unreferenced) {
        users.entry(path).or_default().insert(features.len());
    }
    // It is there without such types too, since a method that uses the last of them takes no feature
    // away.
    features.push(Surface::ALL_TYPES.to_owned());
    set_gates(schemas, &|path| match users.get(path) {
        Some(users) if users.len() <= MAX_FEATURES && !always.contains(path) => {
            let names = users.iter().filter_map(|user| features.get(*user));
            FeatureGate(names.cloned().collect())
        }
        _ => FeatureGate::default(),
    });
    features
}

/// Returns the resources that use each type, by their index.
fn users(references: &References, resources: &[Resource]) -> BTreeMap<TypePath, BTreeSet<usize>> {
    let mut users: BTreeMap<TypePath, BTreeSet<usize>> = BTreeMap::new();
    for (feature, resource) in resources.iter().enumerate() {
        let methods = resource.resources().flat_map(|resource| &resource.methods);
        let mut pending = messages(methods);
        while let Some(path) = pending.pop() {
            let known = users.entry(path.clone()).or_default();
            // A type used by too many features has only such dependencies.
            if known.len() <= MAX_FEATURES && known.insert(feature) {
                pending.extend(references.of(&path).cloned());
            }
        }
    }
    users
}

/// Returns the feature of a resource at the root.
fn feature(resource: &Resource) -> String {
    let module = resource.module.last();
    let module = module.map(Ident::as_str).unwrap_or_default();
    // A reserved word with trailing underscores gets one more, so that no two features are equal.
    if reserved::FEATURES.contains(&module.trim_end_matches('_')) {
        format!("{module}_")
    } else {
        module.to_owned()
    }
}

fn set_gates(module: &mut Module, gate_of: &dyn Fn(&TypePath) -> FeatureGate) {
    for entry in &mut module.entries {
        entry.gate = gate_of(&TypePath {
            module: module.path.clone(),
            ident: entry.item.ident().clone(),
        });
    }
    for package in &mut module.packages {
        set_gates(package, gate_of);
    }
}

/// Returns the types in the signatures of these methods.
fn messages<'a>(methods: impl IntoIterator<Item = &'a Method>) -> Vec<TypePath> {
    let types = methods.into_iter().flat_map(Method::messages);
    types.filter_map(Type::named).cloned().collect()
}
