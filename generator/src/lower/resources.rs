//! The tree of resources: a module, a handle and an accessor for each.

use std::collections::BTreeMap;

use discovery::{Method, Pointer, Resource};

use super::index::RESERVED_MODULES;
use super::methods::Names;
use super::{Context, text};
use crate::model::{self, Gate, Module};
use crate::names::{Ident, Scope};

/// The handle of a resource, and the types that its module uses by their bare name.
const RESERVED_BUILDERS: &[&str] = &[
    "Into",
    "IntoIterator",
    "Option",
    "Resource",
    "Some",
    "String",
    "Vec",
];

/// The modules at the root of a crate that are ours, and files in which cargo sees a root.
const RESERVED_ROOT_MODULES: &[&str] = &[
    "bin",
    "discovery_runtime",
    "endpoints",
    "lib",
    "main",
    METHODS,
    "operation_services",
    "scopes",
];

/// The module of the request builders of methods that belong to no resource.
pub(super) const METHODS: &str = "methods";

/// The functions of a client that are ours.
const RESERVED_ROOT_ACCESSORS: &[&str] = &["builder"];

/// The methods at the root of the document, the types of their parameters, and the resources.
pub(super) struct Root {
    pub(super) methods: Vec<model::Method>,
    pub(super) method_types: Vec<Module>,
    pub(super) resources: Vec<model::Resource>,
    /// The cargo features; none if the whole crate is always compiled.
    pub(super) features: Vec<String>,
}

pub(super) fn lower(context: &mut Context<'_>) -> Root {
    let document = context.document;
    let mut names = Scope::reserving(RESERVED_ROOT_MODULES).and(RESERVED_MODULES);
    names.assign(context.names.client.clone());
    let place = Place {
        module: Vec::new(),
        methods_module: vec![Ident::snake(METHODS)],
        chain: Vec::new(),
        id: String::new(),
        handle: format!("crate::{}", context.names.client),
        names,
        methods_names: Some(resource_names()),
        accessors: Scope::reserving(RESERVED_ROOT_ACCESSORS),
    };
    let node = context.node(
        &document.methods,
        &document.resources,
        place,
        &Pointer::ROOT,
    );
    Root {
        methods: node.methods,
        method_types: node.method_types,
        resources: node.children,
        features: Vec::new(),
    }
}

/// Where in the crate a node of the tree goes, and which names are taken there.
struct Place {
    module: Vec<Ident>,
    /// Where its request builders go.
    methods_module: Vec<Ident>,
    chain: Vec<Ident>,
    id: String,
    /// What has the functions that make requests.
    handle: String,
    /// Types and modules share a name space: a builder may be called `_3d`, as a module would be.
    names: Scope,
    /// The names of `methods_module`, if that is another module.
    methods_names: Option<Scope>,
    accessors: Scope,
}

/// The names in a module of request builders.
fn resource_names() -> Scope {
    Scope::reserving(RESERVED_MODULES).and(RESERVED_BUILDERS)
}

struct Node {
    methods: Vec<model::Method>,
    method_types: Vec<Module>,
    children: Vec<model::Resource>,
}

impl Context<'_> {
    /// Resources are named before methods, so that a new method never renames a resource.
    fn node(
        &mut self,
        methods: &BTreeMap<String, Method>,
        resources: &BTreeMap<String, Resource>,
        mut place: Place,
        pointer: &Pointer<'_>,
    ) -> Node {
        let resources_pointer = pointer.key("resources");
        let mut children = Vec::with_capacity(resources.len());
        for (name, resource) in resources {
            children.push(self.resource(name, resource, &mut place, &resources_pointer.key(name)));
        }
        let methods_pointer = pointer.key("methods");
        let mut taken = place.methods_names.unwrap_or(place.names);
        let mut lowered = Vec::with_capacity(methods.len());
        let mut method_types = Vec::new();
        for (name, method) in methods {
            let accessor = place.accessors.assign(Ident::snake(name));
            let builder = taken.assign(Ident::camel(name));
            let mut module = place.methods_module.clone();
            module.push(taken.assign(Ident::snake(name)));
            let names = Names {
                handle: place.handle.clone(),
                accessor,
                builder,
                module,
                chain: place.chain.clone(),
            };
            let (method, types) = self.method(method, names, &methods_pointer.key(name));
            lowered.push(method);
            if !types.entries.is_empty() {
                method_types.push(types);
            }
        }
        Node {
            methods: lowered,
            method_types,
            children,
        }
    }

    fn resource(
        &mut self,
        name: &str,
        resource: &Resource,
        parent: &mut Place,
        pointer: &Pointer<'_>,
    ) -> model::Resource {
        let accessor = parent.accessors.assign(Ident::snake(name));
        let module = extended(&parent.module, parent.names.assign(Ident::snake(name)));
        self.check_file(&module, pointer);
        let id = if parent.id.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", parent.id)
        };
        let place = Place {
            methods_module: module.clone(),
            module: module.clone(),
            chain: extended(&parent.chain, accessor.clone()),
            id: id.clone(),
            handle: "Resource".to_owned(),
            names: resource_names(),
            methods_names: None,
            accessors: Scope::default(),
        };
        let node = self.node(&resource.methods, &resource.resources, place, pointer);
        model::Resource {
            docs: text::resource(&id),
            gate: Gate::default(),
            accessor,
            module,
            deprecated: resource.deprecated,
            methods: node.methods,
            method_types: node.method_types,
            children: node.children,
        }
    }
}

fn extended(path: &[Ident], last: Ident) -> Vec<Ident> {
    path.iter().cloned().chain([last]).collect()
}
