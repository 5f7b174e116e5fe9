//! Constants: scopes, regional endpoints, patterns.

use super::file::File;
use super::tokens::{Code, deprecated, quote};
use crate::model::{Api, Constant};

pub(super) fn files(api: &Api) -> Vec<File> {
    let scopes = quote!(#![doc = " OAuth 2.0 scopes."]);
    let endpoints = quote!(#![doc = " Regional endpoints for [`ClientBuilder::with_endpoint`](crate::ClientBuilder::with_endpoint)."]);
    [
        ("src/scopes.rs", scopes, &api.scopes),
        ("src/endpoints.rs", endpoints, &api.endpoints),
    ]
    .into_iter()
    .filter(|(_, _, constants)| !constants.is_empty())
    .map(|(path, docs, constants)| {
        let constants = constants.iter().map(item);
        File::new(path, quote!(#docs #(#constants)*))
    })
    .collect()
}

fn item(named: &Constant) -> Code {
    let Constant {
        ident, value, docs, ..
    } = named;
    let deprecated = deprecated(named.deprecated);
    quote! {
        #docs
        #deprecated
        pub const #ident: &str = #value;
    }
}

/// The static of a pattern.
pub(super) fn pattern(pattern: &Constant) -> Code {
    let Constant { ident, value, .. } = pattern;
    quote!(static #ident: runtime::Pattern = runtime::Pattern::new(#value);)
}
