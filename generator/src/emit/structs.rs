//! Messages: structs, newtypes, aliases.

use super::arguments;
use super::tokens::{Code, deprecated, quote};
use super::types::written;
use crate::model::{Absence, Alias, FeatureGate, Field, JsonForm, Newtype, Struct, Type};
use crate::names::Ident;

pub(super) fn item(item: &Struct, gate: &FeatureGate, module: &[Ident]) -> Code {
    let Struct { ident, docs, .. } = item;
    let deprecated = deprecated(item.deprecated);
    let fields = item.fields.iter().map(|field| self::field(field, module));
    let setters = item.setters.then(|| setters(item, gate, module));
    quote! {
        #docs
        #gate
        #deprecated
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields,)*
        }

        #setters
    }
}

fn field(field: &Field, module: &[Ident]) -> Code {
    let Field {
        ident, docs, name, ..
    } = field;
    let deprecated = deprecated(field.deprecated);
    let ty = written(&field.ty, module);
    let ty = match field.absence {
        Absence::Option => quote!(Option<#ty>),
        Absence::EmptyList | Absence::EmptyMap => ty,
    };
    let absent = match field.absence {
        Absence::Option => "Option::is_none",
        Absence::EmptyList => "Vec::is_empty",
        Absence::EmptyMap => "std::collections::BTreeMap::is_empty",
    };
    let rename = field.renamed.then(|| quote!(rename = #name,));
    let json_form = json_form(field.json_form).map(|json_form| quote!(#json_form,));
    quote! {
        #docs
        #deprecated
        #[serde(#rename #json_form skip_serializing_if = #absent)]
        pub #ident: #ty
    }
}

fn json_form(json_form: JsonForm) -> Option<Code> {
    match json_form {
        JsonForm::None => None,
        JsonForm::NullAsDefault => {
            Some(quote!(deserialize_with = "runtime::wire::null_as_default"))
        }
        JsonForm::Wire => Some(quote!(with = "runtime::wire")),
    }
}

fn setters(item: &Struct, gate: &FeatureGate, module: &[Ident]) -> Option<Code> {
    let ident = &item.ident;
    let setters: Vec<_> = item
        .fields
        .iter()
        .filter_map(|field| setter(field, module))
        .collect();
    (!setters.is_empty()).then(|| quote!(#gate impl #ident { #(#setters)* }))
}

fn setter(field: &Field, module: &[Ident]) -> Option<Code> {
    let Field {
        ident, setter, ty, ..
    } = field;
    let setter = setter.as_ref()?;
    let name = ident.as_str();
    let docs = format!(" Sets [`{name}`](Self::{name}).");
    let deprecated = deprecated(field.deprecated);
    let (argument, value) = assigned(ty, module);
    Some(quote! {
        #[doc = #docs]
        #deprecated
        pub fn #setter(mut self, value: #argument) -> Self {
            self.#ident = #value;
            self
        }
    })
}

/// Returns the argument of a setter, and the value that it assigns.
fn assigned(ty: &Type, module: &[Ident]) -> (Code, Code) {
    let value = quote!(value);
    match ty {
        Type::List(item) => {
            let values = arguments::each_converted(item, &value);
            (arguments::several(item, module), quote!(#values.collect()))
        }
        Type::Map(item) => {
            let item = arguments::one(item, module);
            let key = quote!(impl Into<String>);
            let converted = arguments::converted(ty_of_map(ty), &quote!(value));
            (
                quote!(impl IntoIterator<Item = (#key, #item)>),
                quote!(value.into_iter().map(|(key, value)| (key.into(), #converted)).collect()),
            )
        }
        Type::Boxed(inner) => {
            let (argument, converted) = (
                arguments::one(inner, module),
                arguments::converted(inner, &value),
            );
            (argument, quote!(Some(Box::new(#converted))))
        }
        _ => {
            let converted = arguments::converted(ty, &value);
            (arguments::one(ty, module), quote!(Some(#converted)))
        }
    }
}

fn ty_of_map(ty: &Type) -> &Type {
    match ty {
        Type::Map(value) => value,
        other => other,
    }
}

pub(super) fn newtype(item: &Newtype, gate: &FeatureGate, module: &[Ident]) -> Code {
    let Newtype {
        ident, docs, ty, ..
    } = item;
    let deprecated = deprecated(item.deprecated);
    let ty = written(ty, module);
    let json_form = json_form(item.json_form).map(|json_form| quote!(#[serde(#json_form)]));
    quote! {
        #docs
        #gate
        #deprecated
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #ident(#json_form pub #ty);

        #gate
        impl From<#ty> for #ident {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
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
