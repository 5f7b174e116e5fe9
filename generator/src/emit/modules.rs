//! Modules of schemas.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::inner_docs;
use super::{enums, structs, types};
use crate::model::{Item, Module};

/// A module in a file of its own.
pub(super) fn file(module: &Module) -> TokenStream {
    let docs = inner_docs(&module.docs);
    let packages = module.packages.iter().filter_map(|package| package.path.last());
    let content = content(module);
    quote! {
        #docs
        #(pub mod #packages;)*
        #content
    }
}

/// A module in the file of its parent.
pub(super) fn inline(module: &Module) -> TokenStream {
    let docs = &module.docs;
    let ident = module.path.last();
    let content = content(module);
    quote! {
        #docs
        pub mod #ident { #content }
    }
}

fn content(module: &Module) -> TokenStream {
    let items = module.items.iter().map(|item| match item {
        Item::Struct(item) => structs::item(item, &module.path),
        Item::Newtype(item) => structs::newtype(item, &module.path),
        Item::Enum(item) => enums::item(item),
        Item::Alias(item) => structs::alias(item, &module.path),
    });
    let nested = module.nested.iter().map(inline);
    let imports = types::imports(module.imports());
    quote!(#imports #(#items)* #(#nested)*)
}
