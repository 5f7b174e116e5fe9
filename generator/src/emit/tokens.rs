//! The leaves of every quote: identifiers, documentation, attributes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{Docs, Gate};
use crate::names::Ident;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = if self.is_raw() {
            proc_macro2::Ident::new_raw(self.as_str(), Span::call_site())
        } else {
            proc_macro2::Ident::new(self.as_str(), Span::call_site())
        };
        ident.to_tokens(tokens);
    }
}

/// One attribute per line, which prettyplease prints as `/// line`.
impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in self.0.iter().map(|line| padded(line)) {
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}

/// The documentation of the file itself.
pub(super) fn inner_docs(docs: &Docs) -> TokenStream {
    let lines = docs.0.iter().map(|line| padded(line));
    quote!(#(#![doc = #lines])*)
}

fn padded(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// The condition under which an item is compiled.
impl ToTokens for Gate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let features = &self.0;
        tokens.extend(match features.as_slice() {
            [] => TokenStream::new(),
            [feature] => quote!(#[cfg(feature = #feature)]),
            _ => quote!(#[cfg(any(#(feature = #features),*))]),
        });
    }
}

pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}
