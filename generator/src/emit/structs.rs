//! Messages: structs, newtypes, aliases.

use super::tokens::{Code, deprecated, quote};
use super::types::written;
use crate::model::{Absence, Alias, FeatureGate, Field, Newtype, Struct, Type};
use crate::names::Ident;

pub(super) fn item(item: &Struct, gate: &FeatureGate, module: &[Ident]) -> Code {
    let Struct { ident, docs, .. } = item;
    let deprecated = deprecated(item.deprecated);
    let fields = item.fields.iter().map(|field| self::field(field, module));
    let members = item.fields.iter().map(|field| member(field, module));
    quote! {
        #docs
        #gate
        #deprecated
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields,)*
            /// Fields that this revision of the API does not know.
            pub unknown_fields: runtime::UnknownFields,
        }

        #gate
        runtime::message! { #ident { #(#members,)* } }
    }
}

fn field(field: &Field, module: &[Ident]) -> Code {
    let Field { ident, docs, .. } = field;
    let deprecated = deprecated(field.deprecated);
    let ty = written(&field.ty, module);
    let ty = match field.absence {
        Absence::None => quote!(Option<#ty>),
        Absence::NoBox => quote!(Option<Box<#ty>>),
        Absence::Empty => ty,
    };
    quote!(#docs #deprecated pub #ident: #ty)
}

/// A field in the list of the macro: its name in JSON, and its setter with the type of the value.
fn member(field: &Field, module: &[Ident]) -> Code {
    let Field {
        ident,
        name,
        setter,
        ..
    } = field;
    let deprecated = deprecated(field.deprecated);
    let value = match &field.ty {
        Type::List(item) => {
            let item = written(item, module);
            quote!([#item])
        }
        Type::Map(value) => {
            let value = written(value, module);
            quote!({#value})
        }
        ty if field.absence == Absence::NoBox => {
            let ty = written(ty, module);
            quote!(Box #ty)
        }
        ty => written(ty, module),
    };
    quote!(#deprecated #ident = #name #setter(#value))
}

pub(super) fn newtype(item: &Newtype, gate: &FeatureGate, module: &[Ident]) -> Code {
    let Newtype {
        ident, docs, ty, ..
    } = item;
    let deprecated = deprecated(item.deprecated);
    let ty = written(ty, module);
    quote! {
        #docs
        #gate
        #deprecated
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #ident(pub #ty);

        #gate
        impl From<#ty> for #ident {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }

        #gate
        runtime::newtype!(#ident);
    }
}

pub(super) fn alias(item: &Alias, gate: &FeatureGate, module: &[Ident]) -> Code {
    let Alias { ident, docs, ty } = item;
    let ty = written(ty, module);
    quote! {
        #docs
        #gate
        pub type #ident = #ty;
    }
}
