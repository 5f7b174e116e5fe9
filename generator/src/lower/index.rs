//! Which Rust type each schema becomes, and in which module.

use std::collections::{BTreeMap, BTreeSet};

use discovery::{Document, Schema, SchemaKind};

use super::shapes;
use crate::model::{Type, TypePath};
use crate::names::{self, Ident, Scope};

/// Modules of the crate, or names in the extern prelude, that a module of the document must not hide;
/// and names that its file or the folder of its documentation cannot have: `mod.rs` is the module around
/// it, and [devices](https://learn.microsoft.com/windows/win32/fileio/naming-a-file) are no files on Windows.
#[rustfmt::skip]
pub(super) const RESERVED_MODULES: &[&str] = &[
    "core", "runtime", "schemas", "serde", "std",
    "mod",
    "aux", "con", "nul", "prn",
    "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Types that generated modules use by their bare name.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "Box",
    "From",
    "Into",
    "IntoIterator",
    "Option",
    "Some",
    "String",
    "Vec",
];

/// The module below which all schemas live.
pub(super) const SCHEMAS: &str = "schemas";

/// Where every schema went.
pub(super) struct Index<'a> {
    entries: BTreeMap<&'a str, Entry<'a>>,
}

/// A schema and the type it becomes.
pub(super) struct Entry<'a> {
    pub(super) schema: &'a Schema,
    /// The schema that it stands for, if it is a mere reference; otherwise itself.
    pub(super) target: &'a Schema,
    /// Its own path, even where clients share another type for it.
    pub(super) path: TypePath,
    /// The module of the types nested in it.
    pub(super) nested: Vec<Ident>,
    pub(super) ty: Type,
}

impl<'a> Index<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut scopes = Scopes::default();
        let placed: Vec<_> = document
            .schemas
            .iter()
            .map(|(name, schema)| {
                let place = Place::new(document, name);
                scopes.packages.extend(place.package.clone());
                (name.as_str(), schema, place)
            })
            .collect();
        let mut entries = BTreeMap::new();
        for (name, schema, place) in placed {
            entries.insert(name, scopes.entry(schema, place));
        }
        let mut index = Self { entries };
        index.follow_references();
        index
    }

    /// Gives the schemas that are mere references the types of what they stand for.
    fn follow_references(&mut self) {
        let references =
            |(name, entry): (&&'a str, &Entry<'a>)| Some((*name, entry.schema.reference()?));
        let mut open: BTreeMap<&str, &str> = self.entries.iter().filter_map(references).collect();
        while let Some((name, mut target)) = open.pop_first() {
            // Those on the way, which all stand for the same. A circle ends where it was entered.
            let mut way = vec![name];
            while let Some((name, behind)) = open.remove_entry(target) {
                way.push(name);
                target = behind;
            }
            let Some(Entry { target, ty, .. }) = self.entries.get(target) else {
                continue; // What leads nowhere is reported where it is used.
            };
            let (target, ty) = (*target, ty.clone());
            for name in way {
                if let Some(entry) = self.entries.get_mut(name) {
                    (entry.target, entry.ty) = (target, ty.clone());
                }
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Entry<'a>> {
        self.entries.get(name)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &Entry<'a>)> {
        self.entries.iter().map(|(name, entry)| (*name, entry))
    }
}

/// Where a schema wants to go; that depends on its name alone.
struct Place {
    /// The module of its package.
    package: Option<Ident>,
    ident: Ident,
    /// The module of the types nested in it.
    nested: Ident,
}

impl Place {
    fn new(document: &Document, name: &str) -> Self {
        let split = names::split_package(name);
        let own = split.map_or(name, |split| split.own);
        let in_package = split.is_some();
        Self {
            package: split
                .map(|split| split.module(&document.name, &document.version, is_reserved)),
            ident: Ident::schema(own, RESERVED_TYPES),
            nested: Ident::module(own, |module| {
                is_reserved(module) || (!in_package && names::is_package_module(module))
            }),
        }
    }
}

/// Whether a module of that name would be taken for another.
pub(super) fn is_reserved(module: &str) -> bool {
    RESERVED_MODULES.contains(&module)
}

/// The name spaces of the modules below `schemas`.
#[derive(Default)]
struct Scopes {
    packages: BTreeSet<Ident>,
    /// By the package. Types and modules share a name space.
    names: BTreeMap<Option<Ident>, Scope>,
}

impl Scopes {
    fn entry<'a>(&mut self, schema: &'a Schema, place: Place) -> Entry<'a> {
        let Place {
            package,
            ident,
            nested,
        } = place;
        let root = Ident::snake(SCHEMAS);
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
        Entry {
            schema,
            target: schema,
            path,
            nested,
            ty,
        }
    }

    /// Names depend on nothing but themselves, with one exception: a package of the API itself
    /// has its short name before the types nested in a schema of that name.
    fn names(&mut self, package: Option<Ident>) -> &mut Scope {
        let packages = &self.packages;
        let is_root = package.is_none();
        self.names.entry(package).or_insert_with(|| {
            let mut scope = Scope::default();
            for module in packages.iter().filter(|_| is_root) {
                scope.assign(module.clone());
            }
            scope
        })
    }
}
