//! The leaves of quotes: identifiers, documentation, attributes.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::model::{Docs, FeatureGate};
use crate::names::Ident;

/// Tokens as one group: quoting copies whatever is interpolated, at every level.
#[derive(Clone, Default)]
pub(crate) struct Code(pub(super) TokenStream);

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Group::new(Delimiter::None, self.0.clone()));
    }
}

impl From<Code> for TokenStream {
    fn from(code: Code) -> Self {
        code.0
    }
}

/// [`quote::quote!`] as [`Code`].
macro_rules! quote {
    ($($tokens:tt)*) => {
        $crate::emit::tokens::Code(::quote::quote!($($tokens)*))
    };
}

pub(super) use quote;

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

/// An identifier of the runtime or of Rust.
pub(super) fn word(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, Span::call_site())
}

/// One attribute for all lines; formatting splits it.
impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.0.is_empty() {
            let text = text(self);
            tokens.extend(::quote::quote!(#[doc = #text]));
        }
    }
}

/// The documentation of the file.
pub(super) fn inner_docs(docs: &Docs) -> Option<Code> {
    let text = (!docs.0.is_empty()).then(|| text(docs))?;
    Some(quote!(#![doc = #text]))
}

/// The lines, with a space before each that is not empty. The literal is raw, since one with escapes is
/// read character by character, and most of a document is documentation.
fn text(docs: &Docs) -> Literal {
    let lines: Vec<_> = docs
        .0
        .iter()
        .flat_map(|line| ["\n", if line.is_empty() { "" } else { " " }, line])
        .skip(1)
        .collect();
    let text = lines.concat();
    let mut quote = "\"#".to_owned();
    while text.contains(&quote) {
        quote.push('#');
    }
    let hashes = &quote[1..];
    let raw = format!("r{hashes}\"{text}{quote}").parse();
    raw.unwrap_or_else(|_| Literal::string(&text))
}

/// The condition under which an item is compiled.
impl ToTokens for FeatureGate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let features = &self.0;
        let condition = match features.as_slice() {
            [] => return,
            [feature] => quote!(#[cfg(feature = #feature)]),
            _ => quote!(#[cfg(any(#(feature = #features),*))]),
        };
        condition.to_tokens(tokens);
    }
}

pub(super) fn deprecated(deprecated: bool) -> Option<Code> {
    deprecated.then(|| quote!(#[deprecated]))
}
