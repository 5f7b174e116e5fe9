//! The tree of resources.

use std::iter;

use super::docs::Docs;
use super::methods::Method;
use super::schemas::{FeatureGate, Module};
use crate::names::Ident;

/// The root of the tree.
#[derive(Debug)]
pub(crate) struct Root {
    /// The methods that belong to no resource.
    pub(crate) methods: Vec<Method>,
    /// The module of their request builders.
    pub(crate) methods_module: Ident,
    /// The types that `methods` define inline.
    pub(crate) method_types: Vec<Module>,
    pub(crate) resources: Vec<Resource>,
}

/// A resource of the document: a handle with accessors, and one request builder per method.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) docs: Docs,
    /// The function of the parent that returns the handle.
    pub(crate) accessor: Ident,
    /// The feature of a resource at the root.
    pub(crate) gate: FeatureGate,
    /// The path of its module from the crate's root.
    pub(crate) module: Vec<Ident>,
    pub(crate) deprecated: bool,
    pub(crate) methods: Vec<Method>,
    /// The types that `methods` define inline.
    pub(crate) method_types: Vec<Module>,
    pub(crate) children: Vec<Resource>,
}

impl Root {
    /// Returns every resource, parents first.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().flat_map(Resource::resources)
    }

    /// Returns every method.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &Method> {
        let methods = self.resources().flat_map(|resource| &resource.methods);
        self.methods.iter().chain(methods)
    }

    /// Returns every method, to change it.
    pub(crate) fn methods_mut(&mut self) -> Vec<&mut Method> {
        let mut methods: Vec<_> = self.methods.iter_mut().collect();
        let mut pending: Vec<_> = self.resources.iter_mut().collect();
        while let Some(resource) = pending.pop() {
            methods.extend(&mut resource.methods);
            pending.extend(&mut resource.children);
        }
        methods
    }

    /// Returns every module of types that methods define.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &Module> {
        let types = self.resources().flat_map(|resource| &resource.method_types);
        let types = self.method_types.iter().chain(types);
        types.flat_map(Module::modules)
    }
}

impl Resource {
    /// Returns this resource and those below it, parents first.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &Self> {
        let mut pending = vec![self];
        iter::from_fn(move || {
            let resource = pending.pop()?;
            pending.extend(resource.children.iter().rev());
            Some(resource)
        })
    }
}
