//! What reaches which type: setters go to what requests carry, and each type is there for the
//! resources that need it.

use std::collections::{BTreeMap, BTreeSet};

use super::recursion::each_struct;
use super::resources::Root;
use crate::model::{Gate, Item, Method, Module, Resource, Response, Struct, Type, TypePath};
use crate::names::Ident;

/// A type that more resources than this need is always there: a longer condition would cost more
/// than the type.
const MOST_FEATURES: usize = 8;

/// The feature that brings the types which no method reaches; operations may carry them.
const UNREFERENCED: &str = "unreferenced-schemas";

/// What each type is made of, however deep in lists and maps.
type Parts = BTreeMap<TypePath, Vec<TypePath>>;

/// Gives setters to each struct that the body of some method reaches: they cost compile time.
pub(super) fn give_setters(schemas: &mut Module, root: &mut Root) {
    let parts = parts(schemas, root);
    let mut bodies = Vec::new();
    each_method(&root.methods, &root.resources, &mut |method| {
        bodies.extend(
            method
                .body
                .iter()
                .filter_map(|body| named(&body.ty))
                .cloned(),
        );
    });
    let reached = reached(&parts, bodies);
    let give = &mut |module: &[Ident], item: &mut Struct| {
        item.setters = reached.contains(&TypePath {
            module: module.to_vec(),
            ident: item.ident.clone(),
        });
    };
    each_struct(schemas, give);
    root.method_types
        .iter_mut()
        .for_each(|types| each_struct(types, give));
    each_resource(&mut root.resources, &mut |resource| {
        let types = resource.method_types.iter_mut();
        types.for_each(|types| each_struct(types, give));
    });
}

/// Makes a cargo feature of each resource at the root and lets each type depend on those that need
/// it. Returns the features. One alone is a feature too: a second one takes nothing away then.
pub(super) fn gate(schemas: &mut Module, root: &mut Root) -> Vec<String> {
    if root.resources.is_empty() {
        return Vec::new();
    }
    let parts = parts(schemas, root);
    let mut users: BTreeMap<TypePath, BTreeSet<usize>> = BTreeMap::new();
    for (feature, resource) in root.resources.iter().enumerate() {
        let mut pending = messages(&resource.methods, &resource.children);
        while let Some(path) = pending.pop() {
            let known = users.entry(path.clone()).or_default();
            // Behind a type that too many need, there are only such types.
            if known.len() <= MOST_FEATURES && known.insert(feature) {
                pending.extend(parts.get(&path).into_iter().flatten().cloned());
            }
        }
    }
    let always = reached(&parts, messages(&root.methods, &[]));
    let unreferenced: Vec<_> = parts
        .keys()
        .filter(|path| path.module.starts_with(&schemas.path))
        .filter(|path| !users.contains_key(*path) && !always.contains(*path))
        .cloned()
        .collect();
    let mut features: Vec<String> = root.resources.iter().map(feature).collect();
    for (resource, feature) in root.resources.iter_mut().zip(&features) {
        resource.gate = Gate(vec![feature.clone()]);
    }
    if !unreferenced.is_empty() {
        for path in reached(&parts, unreferenced) {
            users.entry(path).or_default().insert(features.len());
        }
        features.push(UNREFERENCED.to_owned());
    }
    set_gates(schemas, &|path| match users.get(path) {
        Some(users) if users.len() <= MOST_FEATURES && !always.contains(path) => Gate(
            users
                .iter()
                .filter_map(|user| features.get(*user).cloned())
                .collect(),
        ),
        _ => Gate::default(),
    });
    features
}

/// The feature of a resource at the root.
fn feature(resource: &Resource) -> String {
    let module = resource
        .module
        .last()
        .map(Ident::as_str)
        .unwrap_or_default();
    // Features that are ours; no module has a dash, as the others have. What has underscores behind
    // one of them has one more, so that no two features meet.
    if ["default", "ring"].contains(&module.trim_end_matches('_')) {
        format!("{module}_")
    } else {
        module.to_owned()
    }
}

fn set_gates(module: &mut Module, gate_of: &dyn Fn(&TypePath) -> Gate) {
    for entry in &mut module.entries {
        let ident = entry.item.ident().clone();
        entry.gate = gate_of(&TypePath {
            module: module.path.clone(),
            ident,
        });
    }
    for package in &mut module.packages {
        set_gates(package, gate_of);
    }
}

fn parts(schemas: &Module, root: &Root) -> Parts {
    let mut parts = Parts::new();
    collect(schemas, &mut parts);
    let mut pending: Vec<&Resource> = root.resources.iter().collect();
    while let Some(resource) = pending.pop() {
        pending.extend(&resource.children);
        resource
            .method_types
            .iter()
            .for_each(|types| collect(types, &mut parts));
    }
    root.method_types
        .iter()
        .for_each(|types| collect(types, &mut parts));
    parts
}

fn collect(module: &Module, parts: &mut Parts) {
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
        parts.insert(path, types.into_iter().filter_map(named).cloned().collect());
    }
    module.inner().for_each(|inner| collect(inner, parts));
}

fn reached(parts: &Parts, mut pending: Vec<TypePath>) -> BTreeSet<TypePath> {
    let mut reached = BTreeSet::new();
    while let Some(path) = pending.pop() {
        if !reached.contains(&path) {
            pending.extend(parts.get(&path).into_iter().flatten().cloned());
            reached.insert(path);
        }
    }
    reached
}

/// The types that the functions of these methods name.
fn messages(methods: &[Method], resources: &[Resource]) -> Vec<TypePath> {
    let mut found = Vec::new();
    each_method(methods, resources, &mut |method| {
        let body = method.body.iter().map(|body| &body.ty);
        let response = match &method.response {
            Response::Unit | Response::HttpBody => None,
            Response::Message(ty) => Some(ty),
        };
        let polled = method.polled.iter();
        let polled = polled
            .flat_map(|polled| [&polled.response, &polled.metadata])
            .flatten();
        found.extend(
            body.chain(response)
                .chain(polled)
                .filter_map(named)
                .cloned(),
        );
    });
    found
}

fn each_method(methods: &[Method], resources: &[Resource], visit: &mut dyn FnMut(&Method)) {
    methods.iter().for_each(&mut *visit);
    for resource in resources {
        each_method(&resource.methods, &resource.children, visit);
    }
}

fn each_resource(resources: &mut [Resource], visit: &mut dyn FnMut(&mut Resource)) {
    for resource in resources {
        visit(resource);
        each_resource(&mut resource.children, visit);
    }
}

fn named(ty: &Type) -> Option<&TypePath> {
    match ty {
        Type::Struct(path) | Type::Enum(path) => Some(path),
        Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}
