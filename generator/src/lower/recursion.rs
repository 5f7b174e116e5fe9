//! Finds the fields through which a struct would contain itself, and boxes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Field, Module, Type, TypePath};

/// Boxes each field that lies on a cycle of structs and refers to a schema by its name. Every cycle has
/// one, since an inline type is nested in its owner. Lists and maps are on the heap already.
///
/// No schema refers to an inline type of a method, so no cycle leads through one.
pub(super) fn break_cycles(schemas: &mut Module) {
    let packages = schemas.packages.iter().map(|package| &package.path);
    let named_modules: BTreeSet<_> = packages.chain([&schemas.path]).cloned().collect();
    let mut graph = Graph::default();
    schemas.for_each_struct(&mut |module, item| {
        let path = TypePath {
            module: module.to_vec(),
            ident: item.ident.clone(),
        };
        let held = item
            .fields
            .iter()
            .filter_map(|field| held(&field.ty))
            .cloned()
            .collect();
        graph.edges.insert(path, held);
    });
    let components = graph.components();
    schemas.for_each_struct(&mut |module, item| {
        let path = TypePath {
            module: module.to_vec(),
            ident: item.ident.clone(),
        };
        let Some(own) = components.get(&path) else {
            return;
        };
        for field in &mut item.fields {
            let named = held(&field.ty).filter(|target| named_modules.contains(&target.module));
            if named.and_then(|target| components.get(target)) == Some(own) {
                box_field(field);
            }
        }
    });
}

fn box_field(field: &mut Field) {
    field.ty = Type::Boxed(Box::new(field.ty.clone()));
}

/// Returns the struct that a field of this type holds by value.
fn held(ty: &Type) -> Option<&TypePath> {
    match ty {
        Type::Struct(path) => Some(path),
        _ => None,
    }
}

/// The structs that each struct holds by value.
#[derive(Default)]
struct Graph {
    edges: BTreeMap<TypePath, Vec<TypePath>>,
}

/// The number of the component of each struct that lies on a cycle.
type Components = BTreeMap<TypePath, usize>;

impl Graph {
    /// Finds the components by Tarjan's algorithm, with a stack of its own: a document may chain any
    /// number of schemas.
    fn components(&self) -> Components {
        let mut search = Search {
            graph: self,
            visits: BTreeMap::new(),
            open: Vec::new(),
            found: BTreeMap::new(),
            next: 0,
        };
        for root in self.edges.keys() {
            search.run(root);
        }
        search.found
    }

    fn targets<'a>(&'a self, node: &TypePath) -> &'a [TypePath] {
        self.edges.get(node).map_or(&[], Vec::as_slice)
    }
}

struct Search<'a> {
    graph: &'a Graph,
    visits: BTreeMap<&'a TypePath, Visit>,
    /// Visited nodes that are not yet in a component.
    open: Vec<&'a TypePath>,
    found: Components,
    next: usize,
}

#[derive(Clone, Copy)]
struct Visit {
    order: usize,
    lowest: usize,
    open: bool,
}

impl<'a> Search<'a> {
    fn run(&mut self, root: &'a TypePath) {
        let mut path: Vec<(&'a TypePath, std::slice::Iter<'a, TypePath>)> = Vec::new();
        self.enter(root, &mut path);
        while let Some((node, targets)) = path.last_mut() {
            let node = *node;
            match targets.next() {
                Some(target) if !self.visits.contains_key(target) => self.enter(target, &mut path),
                Some(target) => self.lower(node, target),
                None => {
                    path.pop();
                    self.leave(node);
                    if let Some((parent, _)) = path.last() {
                        self.lower(parent, node);
                    }
                }
            }
        }
    }

    fn enter(
        &mut self,
        node: &'a TypePath,
        path: &mut Vec<(&'a TypePath, std::slice::Iter<'a, TypePath>)>,
    ) {
        if self.visits.contains_key(node) {
            return;
        }
        self.visits.insert(
            node,
            Visit {
                order: self.next,
                lowest: self.next,
                open: true,
            },
        );
        self.next += 1;
        self.open.push(node);
        path.push((node, self.graph.targets(node).iter()));
    }

    /// Records that `node` reaches whatever the open node `target` reaches.
    fn lower(&mut self, node: &'a TypePath, target: &TypePath) {
        let Some(target) = self.visits.get(target).copied().filter(|visit| visit.open) else {
            return;
        };
        if let Some(visit) = self.visits.get_mut(node) {
            visit.lowest = visit.lowest.min(target.lowest);
        }
    }

    fn leave(&mut self, node: &'a TypePath) {
        let Some(visit) = self
            .visits
            .get(node)
            .copied()
            .filter(|visit| visit.lowest == visit.order)
        else {
            return;
        };
        let alone = self.open.last() == Some(&node);
        let cyclic = !alone || self.graph.targets(node).contains(node);
        while let Some(member) = self.open.pop() {
            if let Some(member) = self.visits.get_mut(member) {
                member.open = false;
            }
            if cyclic {
                self.found.insert(member.clone(), visit.order);
            }
            if member == node {
                break;
            }
        }
    }
}
