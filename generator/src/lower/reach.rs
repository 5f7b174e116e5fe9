//! Which structs a request can carry: only those get setters, which cost compile time.

use std::collections::{BTreeMap, BTreeSet};

use super::recursion::each_struct;
use crate::model::{Item, Method, Module, Resource, Type, TypePath};

/// Gives setters to each struct that the body of some method reaches.
pub(super) fn give_setters(schemas: &mut Module, methods: &[Method], resources: &[Resource]) {
    let mut parts = BTreeMap::new();
    collect(schemas, &mut parts);
    let mut pending = Vec::new();
    bodies(methods, resources, &mut pending);
    let mut reached = BTreeSet::new();
    while let Some(path) = pending.pop() {
        if reached.insert(path.clone()) {
            pending.extend(parts.get(&path).into_iter().flatten().cloned());
        }
    }
    each_struct(schemas, &mut |module, item| {
        let path = TypePath { module: module.to_vec(), ident: item.ident.clone() };
        item.setters = reached.contains(&path);
    });
}

/// What each type is made of, however deep in lists and maps.
fn collect(module: &Module, parts: &mut BTreeMap<TypePath, Vec<TypePath>>) {
    for item in &module.items {
        let (ident, types): (_, Vec<&Type>) = match item {
            Item::Struct(item) => (&item.ident, item.fields.iter().map(|field| &field.ty).collect()),
            Item::Newtype(item) => (&item.ident, vec![&item.ty]),
            Item::Enum(_) | Item::Alias(_) => continue,
        };
        let path = TypePath { module: module.path.clone(), ident: ident.clone() };
        parts.insert(path, types.into_iter().filter_map(named).cloned().collect());
    }
    for inner in module.nested.iter().chain(&module.packages) {
        collect(inner, parts);
    }
}

fn bodies(methods: &[Method], resources: &[Resource], found: &mut Vec<TypePath>) {
    for method in methods {
        found.extend(method.body.iter().filter_map(|body| named(&body.ty)).cloned());
    }
    for resource in resources {
        bodies(&resource.methods, &resource.children, found);
    }
}

fn named(ty: &Type) -> Option<&TypePath> {
    match ty {
        Type::Struct(path) => Some(path),
        Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}
