//! The values that are looked for: pointers as a tree, in which those that begin alike share nodes.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::pointer::unescape;

/// A node of the tree, by its index.
pub(super) type Id = usize;

/// Pointers, and what was found of them.
pub(super) struct Wanted {
    nodes: Vec<Node>,
}

struct Node {
    parent: Id,
    children: BTreeMap<String, Id>,
    found: Option<Found>,
}

struct Found {
    range: Range<usize>,
    /// The beginning of the value around it. Of members with the same name the last one counts,
    /// and so does what is in it.
    within: usize,
}

impl Wanted {
    /// The node of the whole text.
    pub(super) const ROOT: Id = 0;

    /// The tree, and for each pointer its node; none for what is no pointer.
    pub(super) fn new(pointers: &[&str]) -> (Self, Vec<Option<Id>>) {
        let mut wanted = Self {
            nodes: vec![Node::new(Self::ROOT)],
        };
        let nodes = pointers
            .iter()
            .map(|pointer| wanted.insert(pointer))
            .collect();
        (wanted, nodes)
    }

    fn insert(&mut self, pointer: &str) -> Option<Id> {
        if pointer.is_empty() {
            return Some(Self::ROOT);
        }
        let mut tokens = pointer.strip_prefix('/')?.split('/');
        tokens.try_fold(Self::ROOT, |node, token| {
            let new = self.nodes.len();
            let children = &mut self.nodes.get_mut(node)?.children;
            let child = *children.entry(unescape(token)).or_insert(new);
            if child == new {
                self.nodes.push(Node::new(node));
            }
            Some(child)
        })
    }

    /// Whether anything inside of this value is looked for.
    pub(super) fn looks_inside(&self, node: Id) -> bool {
        self.nodes
            .get(node)
            .is_some_and(|node| !node.children.is_empty())
    }

    pub(super) fn child(&self, node: Id, token: &str) -> Option<Id> {
        self.nodes.get(node)?.children.get(token).copied()
    }

    /// Where a value is.
    pub(super) fn found(&self, id: Id) -> Option<&Range<usize>> {
        let mut around = id;
        while around != Self::ROOT {
            let node = self.nodes.get(around)?;
            if node.found.as_ref()?.within != self.start(node.parent)? {
                return None;
            }
            around = node.parent;
        }
        Some(&self.nodes.get(id)?.found.as_ref()?.range)
    }

    pub(super) fn begin(&mut self, id: Id, start: usize) {
        let parent = self.nodes.get(id).map_or(Self::ROOT, |node| node.parent);
        let within = self.start(parent).unwrap_or_default();
        if let Some(node) = self.nodes.get_mut(id) {
            let range = start..start;
            node.found = Some(Found { range, within });
        }
    }

    pub(super) fn end(&mut self, id: Id, end: usize) {
        let node = self.nodes.get_mut(id);
        if let Some(found) = node.and_then(|node| node.found.as_mut()) {
            found.range.end = end;
        }
    }

    fn start(&self, id: Id) -> Option<usize> {
        Some(self.nodes.get(id)?.found.as_ref()?.range.start)
    }
}

impl Node {
    fn new(parent: Id) -> Self {
        Self {
            parent,
            children: BTreeMap::new(),
            found: None,
        }
    }
}
