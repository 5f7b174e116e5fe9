//! Walks through the tree of resources and methods.

use std::collections::BTreeMap;
use std::iter::from_fn;

use crate::pointer::escape;
use crate::{Document, Method, Resource};

/// A resource, and its path in the tree.
#[derive(Clone, Debug)]
pub struct ResourceNode<'d> {
    /// The names of the resources from the root down to this one.
    pub path: Vec<&'d str>,
    /// The resource.
    pub resource: &'d Resource,
}

/// A method, and its path in the tree.
#[derive(Clone, Debug)]
pub struct MethodNode<'d> {
    /// The names of the resources that it is in, from the root down; empty for a method at the root.
    pub resources: Vec<&'d str>,
    /// Its key.
    pub name: &'d str,
    /// The method.
    pub method: &'d Method,
}

impl MethodNode<'_> {
    /// Returns the JSON pointer of the method.
    #[must_use]
    pub fn pointer(&self) -> String {
        let resources = self.resources.iter().map(|name| ("resources", *name));
        let tokens = resources.chain([("methods", self.name)]);
        let tokens = tokens.map(|(kind, name)| format!("/{kind}/{}", escape(name)));
        tokens.collect()
    }
}

impl Document {
    /// Returns all methods: those at the root, then those of each resource, in the order of
    /// [`resources`](Self::resources()).
    pub fn methods(&self) -> impl Iterator<Item = MethodNode<'_>> {
        let below = self
            .resources()
            .flat_map(|node| methods(&node.path, &node.resource.methods));
        methods(&[], &self.methods).into_iter().chain(below)
    }

    /// Returns all resources: each before those beneath it, siblings in the order of their names.
    pub fn resources(&self) -> impl Iterator<Item = ResourceNode<'_>> {
        let mut open = children(&[], &self.resources);
        from_fn(move || {
            let node = open.pop()?;
            open.extend(children(&node.path, &node.resource.resources));
            Some(node)
        })
    }
}

fn methods<'d>(
    resources: &[&'d str],
    methods: &'d BTreeMap<String, Method>,
) -> Vec<MethodNode<'d>> {
    let node = |(name, method): (&'d String, &'d Method)| MethodNode {
        resources: resources.to_vec(),
        name,
        method,
    };
    methods.iter().map(node).collect()
}

/// Returns the resources directly beneath a path, the last one first.
fn children<'d>(
    path: &[&'d str],
    resources: &'d BTreeMap<String, Resource>,
) -> Vec<ResourceNode<'d>> {
    let node = |(name, resource): (&'d String, &'d Resource)| ResourceNode {
        path: [path, &[name]].concat(),
        resource,
    };
    resources.iter().rev().map(node).collect()
}
