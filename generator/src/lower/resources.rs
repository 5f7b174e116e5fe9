//! The tree of resources: a module, a handle and an accessor for each.

use std::collections::BTreeMap;

use discovery::{Method, Pointer, Resource};

use super::context::Context;
use super::docs;
use super::methods::Names;
use crate::model::{self, FeatureGate, Module, Root};
use crate::names::{self, Ident, NameTable, reserved};

pub(super) fn lower(context: &mut Context<'_>) -> Root {
    let (selected, document) = (context.selected, context.document);
    let mut names = NameTable::reserving(reserved::ROOT_MODULES).and(reserved::MODULES);
    names.assign(context.names.client.clone());
    let position = Position {
        module: Vec::new(),
        methods_module: vec![Ident::snake(reserved::METHODS)],
        accessors: Vec::new(),
        id: String::new(),
        handle: format!("crate::{}", context.names.client),
        names,
        methods_names: Some(resource_names()),
        functions: NameTable::reserving(reserved::CLIENT_FUNCTIONS),
        deprecated: false,
    };
    let members = Selected {
        part: (&selected.methods, &selected.resources),
        whole: (&document.methods, &document.resources),
    };
    let node = context.node(members, position, &Pointer::ROOT);
    Root {
        methods_module: Ident::snake(reserved::METHODS),
        methods: node.methods,
        method_types: node.method_types,
        resources: node.children,
    }
}

/// The position of a node of the tree in the crate, and the names taken there.
struct Position {
    module: Vec<Ident>,
    /// The module of its request builders.
    methods_module: Vec<Ident>,
    /// The accessors that lead from the client to the node.
    accessors: Vec<Ident>,
    id: String,
    /// The type that has its functions.
    handle: String,
    /// Types and modules share a name space: both could be called `_3d`.
    names: NameTable,
    /// The names in `methods_module`, if that is another module.
    methods_names: Option<NameTable>,
    functions: NameTable,
    /// True if the node or one around it is deprecated.
    deprecated: bool,
}

/// Returns a table of the names in a module of request builders.
fn resource_names() -> NameTable {
    NameTable::reserving(reserved::MODULES).and(reserved::RESOURCE_TYPES)
}

/// The methods and resources of a node of the document.
type Members<'a> = (&'a BTreeMap<String, Method>, &'a BTreeMap<String, Resource>);

/// The selected members of a node, and all of them, which get names.
struct Selected<'a> {
    part: Members<'a>,
    whole: Members<'a>,
}

struct Node {
    methods: Vec<model::Method>,
    method_types: Vec<Module>,
    children: Vec<model::Resource>,
}

impl Context<'_> {
    /// Lowers a node. Resources are named before methods, so that a new method never renames a resource.
    fn node(
        &mut self,
        Selected { part, whole }: Selected<'_>,
        mut position: Position,
        pointer: &Pointer<'_>,
    ) -> Node {
        let resources_pointer = pointer.key("resources");
        let mut children = Vec::with_capacity(part.1.len());
        for (name, whole) in whole.1 {
            let ident = Ident::snake(name);
            let accessor = position.functions.assign(ident.clone());
            let module = position.names.assign(ident);
            if let Some(part) = part.1.get(name) {
                let mut position = position.inner(name, accessor.clone(), module);
                position.deprecated |= part.deprecated;
                let pointer = resources_pointer.key(name);
                children.push(self.resource(part, whole, accessor, position, &pointer));
            }
        }
        let methods_pointer = pointer.key("methods");
        let mut methods = Vec::with_capacity(part.0.len());
        let mut method_types = Vec::new();
        let get = part.0.get("get");
        let gets_media = get.is_some_and(|method| method.supports_media_download);
        for (name, names) in position.method_names(whole.0) {
            let Some(method) = part.0.get(name) else {
                continue;
            };
            let (mut method, types) = self.method(method, names, &methods_pointer.key(name));
            if name == "download" && method.download.is_none() && gets_media {
                method.docs = method.docs.paragraph(docs::MEDIA_ELSEWHERE);
            }
            methods.push(method);
            if !types.entries.is_empty() {
                method_types.push(types);
            }
        }
        Node {
            methods,
            method_types,
            children,
        }
    }

    fn resource(
        &mut self,
        part: &Resource,
        whole: &Resource,
        accessor: Ident,
        position: Position,
        pointer: &Pointer<'_>,
    ) -> model::Resource {
        self.check_file(&position.module, pointer);
        let docs = docs::resource(&position.id);
        let module = position.module.clone();
        let members = Selected {
            part: (&part.methods, &part.resources),
            whole: (&whole.methods, &whole.resources),
        };
        let node = self.node(members, position, pointer);
        model::Resource {
            docs,
            gate: FeatureGate::default(),
            accessor,
            module,
            deprecated: part.deprecated,
            methods: node.methods,
            method_types: node.method_types,
            children: node.children,
        }
    }
}

impl Position {
    /// Names the methods. Usual names come first, so that none of them ever yields to an unusual one.
    fn method_names<T>(mut self, methods: &BTreeMap<String, T>) -> BTreeMap<&str, Names> {
        let mut taken = self.methods_names.unwrap_or(self.names);
        let names = methods.keys().map(String::as_str);
        let (usual, others): (Vec<_>, Vec<_>) = names.partition(|name| names::is_camel_case(name));
        let mut named = BTreeMap::new();
        for name in usual.into_iter().chain(others) {
            let function = Ident::function(name);
            let names = Names {
                handle: self.handle.clone(),
                accessor: self.functions.assign(function.clone()),
                builder: taken.assign(Ident::builder(name)),
                module: extended(&self.methods_module, taken.assign(function)),
                accessors: self.accessors.clone(),
                deprecated: self.deprecated,
            };
            named.insert(name, names);
        }
        named
    }

    /// Returns the position of a resource within this one.
    fn inner(&self, name: &str, accessor: Ident, module: Ident) -> Self {
        let module = extended(&self.module, module);
        Self {
            methods_module: module.clone(),
            module,
            accessors: extended(&self.accessors, accessor),
            id: if self.id.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", self.id)
            },
            handle: "Resource".to_owned(),
            names: resource_names(),
            methods_names: None,
            functions: NameTable::default(),
            deprecated: self.deprecated,
        }
    }
}

fn extended(path: &[Ident], last: Ident) -> Vec<Ident> {
    path.iter().cloned().chain([last]).collect()
}
