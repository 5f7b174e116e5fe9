//! The tree of resources: a module, a handle and an accessor for each.

use std::collections::BTreeMap;

use discovery::{Method, Pointer, Resource};

use super::index::RESERVED_MODULES;
use super::methods::Names;
use super::{Context, text};
use crate::model::{self, Gate, Module};
use crate::names::{self, Ident, Scope};

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
const METHODS: &str = "methods";

/// The functions of a client that are ours.
const RESERVED_ROOT_ACCESSORS: &[&str] = &["builder", "download_url"];

/// The methods at the root of the document, the types of their parameters, and the resources.
pub(super) struct Root {
    /// Where the request builders of `methods` are.
    pub(super) methods_module: Ident,
    pub(super) methods: Vec<model::Method>,
    pub(super) method_types: Vec<Module>,
    pub(super) resources: Vec<model::Resource>,
    /// The cargo features; none if the whole crate is always compiled.
    pub(super) features: Vec<String>,
}

pub(super) fn lower(context: &mut Context<'_>) -> Root {
    let (document, whole) = (context.document, context.whole);
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
    let methods = Kept {
        kept: &document.methods,
        whole: &whole.methods,
    };
    let resources = Kept {
        kept: &document.resources,
        whole: &whole.resources,
    };
    let node = context.node(methods, resources, place, &Pointer::ROOT);
    Root {
        methods_module: Ident::snake(METHODS),
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

/// The members of a node that are kept, and all that get names.
struct Kept<'a, T> {
    kept: &'a BTreeMap<String, T>,
    whole: &'a BTreeMap<String, T>,
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
        methods: Kept<'_, Method>,
        resources: Kept<'_, Resource>,
        mut place: Place,
        pointer: &Pointer<'_>,
    ) -> Node {
        let resources_pointer = pointer.key("resources");
        let mut children = Vec::with_capacity(resources.kept.len());
        for (name, whole) in resources.whole {
            let ident = Ident::snake(name);
            let (accessor, module) = (
                place.accessors.assign(ident.clone()),
                place.names.assign(ident),
            );
            if let Some(kept) = resources.kept.get(name) {
                let pointer = resources_pointer.key(name);
                let inner = place.inner(name, accessor.clone(), module);
                children.push(self.resource((kept, whole), (accessor, inner), &pointer));
            }
        }
        let methods_pointer = pointer.key("methods");
        let mut taken = place.methods_names.unwrap_or(place.names);
        let mut lowered = Vec::with_capacity(methods.kept.len());
        let mut method_types = Vec::new();
        // Usual names first: none of them ever yields to one that is not.
        let (usual, others): (Vec<_>, Vec<_>) = methods
            .whole
            .keys()
            .partition(|name| names::is_camel_case(name));
        let mut named = BTreeMap::new();
        for name in usual.into_iter().chain(others) {
            let function = Ident::function(name);
            let accessor = place.accessors.assign(function.clone());
            let builder = taken.assign(Ident::builder(name));
            named.insert(name, (accessor, builder, taken.assign(function)));
        }
        for (name, (accessor, builder, module)) in named {
            let Some(method) = methods.kept.get(name) else {
                continue;
            };
            let module = extended(&place.methods_module, module);
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
        (kept, whole): (&Resource, &Resource),
        (accessor, place): (Ident, Place),
        pointer: &Pointer<'_>,
    ) -> model::Resource {
        self.check_file(&place.module, pointer);
        let docs = text::resource(&place.id);
        let module = place.module.clone();
        let methods = Kept {
            kept: &kept.methods,
            whole: &whole.methods,
        };
        let resources = Kept {
            kept: &kept.resources,
            whole: &whole.resources,
        };
        let node = self.node(methods, resources, place, pointer);
        model::Resource {
            docs,
            gate: Gate::default(),
            accessor,
            module,
            deprecated: kept.deprecated,
            methods: node.methods,
            method_types: node.method_types,
            children: node.children,
        }
    }
}

impl Place {
    /// The place of a resource within this one.
    fn inner(&self, name: &str, accessor: Ident, module: Ident) -> Self {
        let module = extended(&self.module, module);
        Self {
            methods_module: module.clone(),
            module,
            chain: extended(&self.chain, accessor),
            id: if self.id.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", self.id)
            },
            handle: "Resource".to_owned(),
            names: resource_names(),
            methods_names: None,
            accessors: Scope::default(),
        }
    }
}

fn extended(path: &[Ident], last: Ident) -> Vec<Ident> {
    path.iter().cloned().chain([last]).collect()
}
