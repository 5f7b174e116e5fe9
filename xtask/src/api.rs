//! The public API of a generated package, read from the Rust that users compile.
//!
//! Two packages are compared by it (see [`crate::diff`]), whatever made them differ: the document,
//! its overlay or the generator. What only the compiler knows is not in the sources: which types are
//! `Send`, and what the runtime's own API is; its version stands for that.

mod attributes;
mod functions;
mod implementations;
mod items;
mod manifest;
mod names;
mod read;
mod text;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use crate::message::Message;
use crate::sync::Files;

pub use functions::{Argument, Signature};
pub use manifest::Manifest;
pub use wire::{Outside, Wire};

/// What to do where no package is.
const IS_A_PACKAGE: &str = "a package is a folder that `cargo xtask codegen` wrote";

/// What a package offers to its users.
#[derive(Clone, Debug)]
pub struct Api {
    /// What the manifest says.
    pub manifest: Manifest,
    /// The root of the crate, a module.
    pub root: Item,
}

impl Api {
    /// Reads the API of a package: of its `Cargo.toml`, and of the modules that begin at `src/lib.rs`.
    ///
    /// # Errors
    ///
    /// A file that is missing or is not Rust.
    pub fn read(files: &Files) -> Result<Self, Message> {
        Ok(Self {
            manifest: Manifest::read(files)?,
            root: read::root(files)?,
        })
    }
}

/// Where a name is unique: a type, a module and a function may share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// Modules.
    Module,
    /// Structs, enums and aliases.
    Type,
    /// Constants.
    Constant,
    /// Functions, those of types included.
    Function,
    /// Fields of a struct.
    Field,
    /// Variants of an enum.
    Variant,
    /// Traits that a type implements.
    Implementation,
    /// What is exported again from elsewhere.
    Export,
    /// Anything else that is public.
    Other,
}

/// What names an item in the one around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Where the name is unique.
    pub space: Space,
    /// The name, without `r#`.
    pub name: String,
}

impl Key {
    pub(crate) fn new(space: Space, name: impl Into<String>) -> Self {
        Self {
            space,
            name: name.into(),
        }
    }
}

/// A public item.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is, with all that a caller relies on.
    pub form: Form,
    /// Its documentation.
    pub docs: String,
    /// Whether it is `#[deprecated]`.
    pub deprecated: bool,
    /// The features of which one must be on; none if it is always there.
    pub gate: BTreeSet<String>,
    /// How it looks outside the program. No matter to the compiler.
    pub wire: Outside,
    /// The items in it.
    pub items: BTreeMap<Key, Self>,
}

/// What an item is. Types are written as seen from the root of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A module.
    Module,
    /// A struct.
    Struct {
        /// Its generic parameters.
        generics: String,
        /// Whether others can write all its fields, and so rely on there being no other: it has no
        /// private field and is not `#[non_exhaustive]`.
        complete: bool,
    },
    /// An enum.
    Enum {
        /// Its generic parameters.
        generics: String,
        /// Whether others can match all its variants: it is not `#[non_exhaustive]`.
        complete: bool,
    },
    /// Another name of a type.
    Alias(String),
    /// A constant of this type.
    Constant(String),
    /// A function.
    Function(Signature),
    /// A field of this type.
    Field(String),
    /// A variant with this content.
    Variant(String),
    /// An implementation, with its associated types.
    Implementation(String),
    /// An export of this path.
    Export(String),
    /// Anything else, as it is written.
    Other(String),
}
