//! Descriptions of types.

use std::collections::BTreeMap;

use super::text;
use crate::model::{self, Absence, Entry, Item};
use crate::surface::digest::digest;
use crate::surface::types::{Field, Type, TypeKind, Variant};

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
        let described = Field {
            wire: field.name.clone(),
            ty: match field.absence {
                Absence::None => format!("Option<{ty}>"),
                Absence::NoBox => format!("Option<Box<{ty}>>"),
                Absence::Empty => ty,
            },
            setter: Some(field.setter.as_str().to_owned()),
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
