//! Modules of schemas and the types in them.

use std::iter;

use super::docs::Docs;
use super::types::Type;
use crate::names::Ident;

/// A module of schemas.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The path from the crate's root.
    pub(crate) path: Vec<Ident>,
    pub(crate) docs: Docs,
    pub(crate) entries: Vec<Entry>,
    /// The packages: modules in files of their own.
    pub(crate) packages: Vec<Module>,
}

/// The cargo features that enable an item, any one of them; empty if it is always compiled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FeatureGate(pub(crate) Vec<String>);

/// A type of a module, and the features that enable it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) gate: FeatureGate,
    pub(crate) item: Item,
    /// The module of the types nested in it, in the same file.
    pub(crate) nested: Option<Module>,
}

impl Module {
    /// Adds a type that is always compiled, and the types nested in it.
    pub(crate) fn push(&mut self, item: Item, nested: Option<Module>) {
        self.entries.push(Entry {
            gate: FeatureGate::default(),
            item,
            nested,
        });
    }

    /// Returns this module and those below it.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &Self> {
        let mut pending = vec![self];
        iter::from_fn(move || {
            let module = pending.pop()?;
            pending.extend(module.packages.iter().rev());
            let nested = module.entries.iter().rev();
            pending.extend(nested.filter_map(|entry| entry.nested.as_ref()));
            Some(module)
        })
    }

    /// True if some of its types are not always compiled.
    pub(crate) fn is_partly_gated(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.gate != FeatureGate::default())
    }
}

/// A type of a module.
#[derive(Debug)]
pub(crate) enum Item {
    Struct(Struct),
    Newtype(Newtype),
    Enum(Enum),
    Alias(Alias),
}

impl Item {
    pub(crate) fn ident(&self) -> &Ident {
        match self {
            Self::Struct(item) => &item.ident,
            Self::Newtype(item) => &item.ident,
            Self::Enum(item) => &item.ident,
            Self::Alias(item) => &item.ident,
        }
    }
}

/// A schema with properties.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    pub(crate) fields: Vec<Field>,
}

/// A schema that is a map, an array, a scalar or anything at all.
#[derive(Debug)]
pub(crate) struct Newtype {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    pub(crate) ty: Type,
}

/// A schema that the runtime defines, or a mere reference to another one.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
}

/// A property.
#[derive(Debug)]
pub(crate) struct Field {
    /// The document's spelling.
    pub(crate) name: String,
    pub(crate) ident: Ident,
    pub(crate) setter: Ident,
    pub(crate) ty: Type,
    pub(crate) absence: Absence,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}

/// The value of a field that is absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Absence {
    /// `None` of an `Option`.
    None,
    /// `None` of an `Option<Box>`: a message, which may be large or contain itself.
    NoBox,
    /// An empty list or map.
    Empty,
}

/// A string with known values that may take others.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    pub(crate) variants: Vec<Variant>,
}

/// A known value.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) value: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}
