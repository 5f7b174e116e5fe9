//! Names and types as text, as seen from the root of the crate.

use crate::model::{Type, TypePath};
use crate::names::Ident;

/// The path of a module: `schemas::report`.
pub(super) fn path(module: &[Ident]) -> String {
    let parts: Vec<_> = module.iter().map(Ident::as_str).collect();
    parts.join("::")
}

/// The path of an item in a module.
pub(super) fn member(module: &[Ident], ident: &Ident) -> String {
    match module {
        [] => ident.as_str().to_owned(),
        _ => format!("{}::{}", path(module), ident.as_str()),
    }
}

/// The functions that a caller writes, up to this one: `accounts.apps.list`.
pub(super) fn dotted(before: &str, ident: &Ident) -> String {
    match before {
        "" => ident.as_str().to_owned(),
        _ => format!("{before}.{}", ident.as_str()),
    }
}

/// A type.
pub(super) fn ty(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Shared(shared) => format!("runtime::{}", shared.name()),
        Type::Number(number) => number.name().to_owned(),
        Type::Value => "runtime::Value".to_owned(),
        Type::List(item) => format!("Vec<{}>", self::ty(item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", self::ty(value)),
        Type::Struct(TypePath { module, ident }) | Type::Enum(TypePath { module, ident }) => {
            member(module, ident)
        }
    }
}
