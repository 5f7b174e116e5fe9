//! The Rust type of each schema, and its module.

use std::collections::{BTreeMap, BTreeSet};

use discovery::{Document, Schema, SchemaKind};

use super::shapes;
use crate::model::{Type, TypePath};
use crate::names::{self, Ident, NameTable, reserved};

/// The types of all schemas, by their name.
pub(super) struct Index<'a> {
    entries: BTreeMap<&'a str, IndexEntry<'a>>,
}

/// A schema and its type.
pub(super) struct IndexEntry<'a> {
    pub(super) schema: &'a Schema,
    /// The schema that a mere reference stands for; otherwise the schema itself.
    pub(super) target: &'a Schema,
    /// Its own path, even if its type is one of the runtime's.
    pub(super) path: TypePath,
    /// The module of the types nested in it.
    pub(super) nested: Vec<Ident>,
    pub(super) ty: Type,
}

impl<'a> Index<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut tables = NameTables::default();
        let split: Vec<_> = document
            .schemas
            .iter()
            .map(|(name, schema)| {
                let name_parts = SchemaName::new(document, name);
                tables.packages.extend(name_parts.package.clone());
                (name.as_str(), schema, name_parts)
            })
            .collect();
        let mut entries = BTreeMap::new();
        for (name, schema, name_parts) in split {
            entries.insert(name, tables.entry(schema, name_parts));
        }
        let mut index = Self { entries };
        index.follow_references();
        index
    }

    /// Gives schemas that are mere references the types of their targets.
    fn follow_references(&mut self) {
        let references =
            |(name, entry): (&&'a str, &IndexEntry<'a>)| Some((*name, entry.schema.reference()?));
        let mut open: BTreeMap<&str, &str> = self.entries.iter().filter_map(references).collect();
        while let Some((name, mut target)) = open.pop_first() {
            // All references on the path have the same target. A circle ends where it was entered.
            let mut path = vec![name];
            while let Some((name, behind)) = open.remove_entry(target) {
                path.push(name);
                target = behind;
            }
            let Some(IndexEntry { target, ty, .. }) = self.entries.get(target) else {
                continue; // A dangling reference is reported where it is used.
            };
            let (target, ty) = (*target, ty.clone());
            for name in path {
                if let Some(entry) = self.entries.get_mut(name) {
                    (entry.target, entry.ty) = (target, ty.clone());
                }
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&IndexEntry<'a>> {
        self.entries.get(name)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &IndexEntry<'a>)> {
        self.entries.iter().map(|(name, entry)| (*name, entry))
    }
}

/// The parts of a schema's name, which alone decide where its type goes.
struct SchemaName {
    /// The module of its package.
    package: Option<Ident>,
    ident: Ident,
    /// The module of the types nested in it.
    nested: Ident,
}

impl SchemaName {
    fn new(document: &Document, name: &str) -> Self {
        let split = names::split_package(name);
        let own = split.map_or(name, |split| split.own);
        let in_package = split.is_some();
        Self {
            package: split
                .map(|split| split.module(&document.name, &document.version, reserved::is_module)),
            ident: Ident::schema(own, reserved::TYPES),
            nested: Ident::module(own, |module| {
                reserved::is_module(module) || (!in_package && names::is_package_module(module))
            }),
        }
    }
}

/// The names in the modules below `schemas`.
#[derive(Default)]
struct NameTables {
    packages: BTreeSet<Ident>,
    /// By the package. Types and modules share a name space.
    names: BTreeMap<Option<Ident>, NameTable>,
}

impl NameTables {
    fn entry<'a>(&mut self, schema: &'a Schema, name_parts: SchemaName) -> IndexEntry<'a> {
        let SchemaName {
            package,
            ident,
            nested,
        } = name_parts;
        let root = Ident::snake(reserved::SCHEMAS);
        let module: Vec<Ident> = std::iter::once(root).chain(package.clone()).collect();
        let names = self.names(package);
        let ident = names.assign(ident);
        let nested = [module.as_slice(), &[names.assign(nested)]].concat();
        let path = TypePath { module, ident };
        let ty = match shapes::shared(schema) {
            Some(shared) => Type::Shared(shared),
            None if schema.kind == SchemaKind::String && !schema.values.is_empty() => {
                Type::Enum(path.clone())
            }
            None => Type::Struct(path.clone()),
        };
        IndexEntry {
            schema,
            target: schema,
            path,
            nested,
            ty,
        }
    }

    /// Names are independent of each other, with one exception: a package of the API itself takes
    /// precedence over the module of the types nested in a schema of that name.
    fn names(&mut self, package: Option<Ident>) -> &mut NameTable {
        let packages = &self.packages;
        let is_root = package.is_none();
        self.names.entry(package).or_insert_with(|| {
            let mut table = NameTable::default();
            for module in packages.iter().filter(|_| is_root) {
                table.assign(module.clone());
            }
            table
        })
    }
}
