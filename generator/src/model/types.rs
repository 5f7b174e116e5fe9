//! Rust types, as data.

use crate::names::Ident;

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    String,
    Bool,
    Shared(Shared),
    Number(Number),
    /// `serde_json::Value`.
    Value,
    List(Box<Type>),
    Map(Box<Type>),
    Struct(TypePath),
    Enum(TypePath),
}

/// A numeric type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    I32,
    U32,
    I64,
    U64,
    F32,
    F64,
}

impl Number {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }
}

/// A type that the runtime defines for all clients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shared {
    Bytes,
    HttpBody,
    Timestamp,
    Duration,
    FieldMask,
    Operation,
    Status,
}

impl Shared {
    /// Returns its name in the runtime.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bytes => "Bytes",
            Self::HttpBody => "HttpBody",
            Self::Timestamp => "Timestamp",
            Self::Duration => "Duration",
            Self::FieldMask => "FieldMask",
            Self::Operation => "Operation",
            Self::Status => "Status",
        }
    }
}

/// The path of a generated type from the crate's root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypePath {
    pub(crate) module: Vec<Ident>,
    pub(crate) ident: Ident,
}

impl Type {
    /// Returns the generated type that it is, or contains as an element of lists and maps.
    pub(crate) fn named(&self) -> Option<&TypePath> {
        match self {
            Self::Struct(path) | Self::Enum(path) => Some(path),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            _ => None,
        }
    }
}

impl TypePath {
    /// Returns the modules of the path relative to `module`, or from the crate's root if it is not below.
    pub(crate) fn seen_from(&self, module: &[Ident]) -> &[Ident] {
        self.module.strip_prefix(module).unwrap_or(&self.module)
    }

    pub(super) fn is_below(&self, module: &[Ident]) -> bool {
        self.module.starts_with(module)
    }
}
