//! Rust types, as values.

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
    Boxed(Box<Type>),
    Struct(TypePath),
    Enum(TypePath),
}

/// A number, by its Rust name.
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

/// A type that the runtime gives to all clients.
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
    /// Its name in the runtime.
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

/// Where a generated type is, from the crate's root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypePath {
    pub(crate) module: Vec<Ident>,
    pub(crate) ident: Ident,
}

impl TypePath {
    /// The modules that lead here from `module`: those below it, or all from the crate's root.
    pub(crate) fn seen_from(&self, module: &[Ident]) -> &[Ident] {
        self.module.strip_prefix(module).unwrap_or(&self.module)
    }

    pub(super) fn is_below(&self, module: &[Ident]) -> bool {
        self.module.starts_with(module)
    }
}
