//! Open enums: the values in the document, and a variant for all others.

use super::tokens::{Code, deprecated, quote};
use crate::model::{Enum, FeatureGate, Variant};

pub(super) fn item(item: &Enum, gate: &FeatureGate) -> Code {
    let Enum {
        ident,
        docs,
        variants,
        ..
    } = item;
    let deprecated = deprecated(item.deprecated);
    let declared = variants.iter().map(variant);
    let table = variants
        .iter()
        .map(|Variant { ident, value, .. }| quote!(#ident = #value));
    quote! {
        #docs
        #gate
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declared,)*
            /// A value that is not in this revision of the document.
            UnknownValue(runtime::UnknownValue),
        }

        #gate
        runtime::open_enum! { #ident { #(#table,)* } }
    }
}

fn variant(variant: &Variant) -> Code {
    let Variant { ident, docs, .. } = variant;
    let deprecated = deprecated(variant.deprecated);
    quote!(#docs #deprecated #ident)
}
