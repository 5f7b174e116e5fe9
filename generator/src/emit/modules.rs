//! Modules of schemas.

use super::tokens::{Code, inner_docs, quote};
use super::{enums, structs, types};
use crate::model::{Entry, FeatureGate, Item, Module};

/// A module in a file of its own.
pub(super) fn file(module: &Module) -> Code {
    let docs = inner_docs(&module.docs);
    let packages = module
        .packages
        .iter()
        .filter_map(|package| package.path.last());
    let content = content(module);
    quote! {
        #docs
        #(pub mod #packages;)*
        #content
    }
}

/// A module in the file of its parent.
pub(super) fn inline(module: &Module) -> Code {
    gated(module, &FeatureGate::default())
}

fn gated(module: &Module, gate: &FeatureGate) -> Code {
    let docs = &module.docs;
    let ident = module.path.last();
    let content = content(module);
    quote! {
        #docs
        #gate
        pub mod #ident { #content }
    }
}

fn content(module: &Module) -> Code {
    let items = module
        .entries
        .iter()
        .map(|Entry { item, gate, .. }| match item {
            Item::Struct(item) => structs::item(item, gate, &module.path),
            Item::Newtype(item) => structs::newtype(item, gate, &module.path),
            Item::Enum(item) => enums::item(item, gate),
            Item::Alias(item) => structs::alias(item, gate, &module.path),
        });
    let nested = module
        .entries
        .iter()
        .filter_map(|entry| Some(gated(entry.nested.as_ref()?, &entry.gate)));
    let imports = types::imports(module.imports(), module.is_partly_gated());
    quote!(#imports #(#items)* #(#nested)*)
}
