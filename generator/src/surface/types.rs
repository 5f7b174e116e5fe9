//! The types of a client, with their names in Rust and on the wire.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::skip::is_default;

/// A type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Type {
    /// The kind of type.
    pub kind: TypeKind,
    /// The fields of a struct, by their names in Rust. Others may join them.
    #[serde(skip_serializing_if = "is_default")]
    pub fields: BTreeMap<String, Field>,
    /// The known values of an enum, by their names in Rust. Others may join them.
    #[serde(skip_serializing_if = "is_default")]
    pub variants: BTreeMap<String, Variant>,
    /// The type that a newtype holds, or that an alias stands for.
    #[serde(skip_serializing_if = "is_default")]
    pub target: Option<String>,
    /// The features of which one must be on; empty if it is always there.
    #[serde(skip_serializing_if = "is_default")]
    pub features: BTreeSet<String>,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}

/// The kind of a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeKind {
    /// A message.
    #[default]
    Struct,
    /// A struct around one value.
    Newtype,
    /// A text with known values.
    Enum,
    /// Another name of a type.
    Alias,
}

/// A field of a message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// The name in JSON.
    pub wire: String,
    /// Its type, `Option<…>` included.
    #[serde(rename = "type")]
    pub ty: String,
    /// The function that sets it, if there is one.
    #[serde(skip_serializing_if = "is_default")]
    pub setter: Option<String>,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}

/// A known value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Variant {
    /// The text in JSON, in a path or in a query.
    pub wire: String,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}
