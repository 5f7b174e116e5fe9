//! Modules of schemas and the types in them.

use super::{Docs, Type};
use crate::names::Ident;

/// A module of schemas.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// From the crate's root.
    pub(crate) path: Vec<Ident>,
    pub(crate) docs: Docs,
    pub(crate) entries: Vec<Entry>,
    /// Modules in files of their own: packages.
    pub(crate) packages: Vec<Module>,
}

/// The cargo features of which one brings an item; none if it is always there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Gate(pub(crate) Vec<String>);

/// A type of a module, and what brings it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) gate: Gate,
    pub(crate) item: Item,
    /// The types nested in it, in a module of the same file.
    pub(crate) nested: Option<Module>,
}

impl Module {
    /// Adds a type that is always there, and the types nested in it.
    pub(crate) fn push(&mut self, item: Item, nested: Option<Module>) {
        self.entries.push(Entry {
            gate: Gate::default(),
            item,
            nested,
        });
    }

    /// The modules below it.
    pub(crate) fn inner(&self) -> impl Iterator<Item = &Module> {
        let nested = self
            .entries
            .iter()
            .filter_map(|entry| entry.nested.as_ref());
        nested.chain(&self.packages)
    }

    /// Whether some of its types are not always there.
    pub(crate) fn is_partly_gated(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.gate != Gate::default())
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
    /// Whether a request can reach it.
    pub(crate) setters: bool,
}

/// A schema that is a map, an array, a scalar or anything at all.
#[derive(Debug)]
pub(crate) struct Newtype {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    pub(crate) ty: Type,
    pub(crate) adaptor: Adaptor,
}

/// A schema that all clients share, or that only refers to another.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
}

/// A property.
#[derive(Debug)]
pub(crate) struct Field {
    /// As the document writes it.
    pub(crate) name: String,
    pub(crate) ident: Ident,
    pub(crate) setter: Option<Ident>,
    /// Whether serde would derive another name than the document's.
    pub(crate) renamed: bool,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) adaptor: Adaptor,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}

/// How a field says that it is absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Presence {
    Option,
    EmptyList,
    EmptyMap,
}

/// How a value crosses the wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Adaptor {
    /// As serde has it.
    None,
    /// `null` reads as empty.
    NullAsDefault,
    /// Quoted integers, non-finite floats, base64.
    Wire,
}

/// A string with known values, open to others.
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
