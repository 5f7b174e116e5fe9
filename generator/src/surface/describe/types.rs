//! Descriptions of types.

use std::collections::BTreeMap;

use super::text;
use crate::model::{self, Absence, Entry, Item};
use crate::surface::digest::digest;
use crate::surface::types::{Field, JsonForm, Type, TypeKind, Variant};

pub(super) fn ty(entry: &Entry) -> Type {
    let described = match &entry.item {
        Item::Struct(item) => Type {
            kind: TypeKind::Struct,
            fields: fields(item),
            deprecated: item.deprecated,
            docs: digest(&item.docs),
            ..Type::default()
        },
        Item::Newtype(item) => Type {
            kind: TypeKind::Newtype,
            target: Some(text::ty(&item.ty)),
            json_form: json_form(item.json_form),
            deprecated: item.deprecated,
            docs: digest(&item.docs),
            ..Type::default()
        },
        Item::Enum(item) => Type {
            kind: TypeKind::Enum,
            variants: item.variants.iter().map(variant).collect(),
            deprecated: item.deprecated,
            docs: digest(&item.docs),
            ..Type::default()
        },
        Item::Alias(item) => Type {
            kind: TypeKind::Alias,
            target: Some(text::ty(&item.ty)),
            docs: digest(&item.docs),
            ..Type::default()
        },
    };
    Type {
        features: entry.gate.0.iter().cloned().collect(),
        ..described
    }
}

fn fields(item: &model::Struct) -> BTreeMap<String, Field> {
    let fields = item.fields.iter().map(|field| {
        let ty = text::ty(&field.ty);
        let setter = field.setter.as_ref().filter(|_| item.setters);
        let described = Field {
            wire: field.name.clone(),
            ty: match field.absence {
                Absence::Option => format!("Option<{ty}>"),
                Absence::EmptyList | Absence::EmptyMap => ty,
            },
            json_form: json_form(field.json_form),
            setter: setter.map(|setter| setter.as_str().to_owned()),
            deprecated: field.deprecated,
            docs: digest(&field.docs),
        };
        (field.ident.as_str().to_owned(), described)
    });
    fields.collect()
}

fn variant(variant: &model::Variant) -> (String, Variant) {
    let described = Variant {
        wire: variant.value.clone(),
        deprecated: variant.deprecated,
        docs: digest(&variant.docs),
    };
    (variant.ident.as_str().to_owned(), described)
}

fn json_form(form: model::JsonForm) -> JsonForm {
    match form {
        model::JsonForm::None => JsonForm::Plain,
        model::JsonForm::NullAsDefault => JsonForm::NullAsDefault,
        model::JsonForm::Wire => JsonForm::ProtoJson,
    }
}
