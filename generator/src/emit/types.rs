//! Types, as a module writes them: it imports `crate::schemas` and `crate::runtime` if it needs them.

use super::tokens::{Code, quote, word};
use crate::model::{Imports, Type, TypePath};
use crate::names::Ident;

/// The type as written in `module`.
pub(super) fn written(ty: &Type, module: &[Ident]) -> Code {
    match ty {
        Type::String => quote!(String),
        Type::Bool => quote!(bool),
        Type::Shared(shared) => {
            let name = word(shared.name());
            quote!(runtime::#name)
        }
        Type::Number(number) => {
            let name = word(number.name());
            quote!(#name)
        }
        Type::Value => quote!(runtime::Value),
        Type::List(item) => {
            let item = written(item, module);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = written(value, module);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Struct(path) | Type::Enum(path) => self::path(path, module),
    }
}

/// The imports of a module. If features may remove some of its types, some imports may be unused.
pub(super) fn imports(imports: Imports, partly_gated: bool) -> Code {
    let allow = partly_gated.then(|| quote!(#[allow(unused_imports)]));
    let runtime = imports.runtime.then(|| quote!(#allow use crate::runtime;));
    let schemas = imports.schemas.then(|| quote!(#allow use crate::schemas;));
    let into_field = imports
        .into_field
        .then(|| quote!(#allow use crate::runtime::IntoField;));
    quote!(#runtime #into_field #schemas)
}

fn path(path: &TypePath, module: &[Ident]) -> Code {
    let modules = path.seen_from(module);
    let ident = &path.ident;
    quote!(#(#modules::)* #ident)
}
