//! The modules of schemas and the types in them.

use std::collections::BTreeMap;

use discovery::{Pointer, Schema, SchemaKind};

use super::index::SCHEMAS;
use super::properties::{Nest, adaptor};
use super::text::Author;
use super::{Context, text};
use crate::model::{Alias, Enum, Item, Module, Newtype, Struct, Type, TypePath, Variant};
use crate::names::{Ident, Scope};

/// The runtime's own variant of every enum.
const RESERVED_VARIANTS: &[&str] = &["UnknownValue"];

/// Lowers all schemas into the tree of modules below `schemas`.
pub(super) fn lower(context: &mut Context<'_>) -> Module {
    let mut root = Module {
        path: vec![Ident::snake(SCHEMAS)],
        docs: context.author.schemas(context.document),
        ..Module::default()
    };
    let entries: Vec<_> = context
        .index
        .iter()
        .filter(|(name, _)| context.document.schemas.contains_key(*name))
        .map(|(name, entry)| {
            (
                name,
                entry.schema,
                entry.path.clone(),
                entry.nested.clone(),
                entry.ty.clone(),
            )
        })
        .collect();
    let pointer = Pointer::ROOT.key("schemas");
    let mut packages = BTreeMap::new();
    for (name, schema, path, nested, ty) in entries {
        let mut nest = Nest::new(nested);
        let item = item(
            context,
            (name, schema),
            &pointer.key(name),
            &path,
            ty,
            &mut nest,
        );
        if let Item::Struct(message) = &item {
            context.messages.insert(&path, message);
        }
        let owner = path.ident.clone();
        context.check_file(&path.module, &pointer.key(name));
        package(&mut root, &mut packages, path).push(item, nest.finish(&owner));
    }
    root
}

/// The module that a type belongs to, made if it is new.
fn package<'m>(
    root: &'m mut Module,
    known: &mut BTreeMap<Vec<Ident>, usize>,
    path: TypePath,
) -> &'m mut Module {
    if path.module == root.path {
        return root;
    }
    let at = *known.entry(path.module).or_insert_with_key(|path| {
        root.packages.push(Module {
            docs: text::package(path),
            path: path.clone(),
            ..Module::default()
        });
        root.packages.len() - 1
    });
    &mut root.packages[at]
}

fn item(
    context: &mut Context<'_>,
    (name, schema): (&str, &Schema),
    pointer: &Pointer<'_>,
    path: &TypePath,
    ty: Type,
    nest: &mut Nest,
) -> Item {
    let ident = path.ident.clone();
    let docs = context.author.described(&schema.description, name);
    match ty {
        Type::Shared(_) => Item::Alias(Alias { ident, docs, ty }),
        Type::Struct(ref target) | Type::Enum(ref target) if target != path => {
            Item::Alias(Alias { ident, docs, ty })
        }
        Type::Enum(_) => Item::Enum(enumeration(context.author, ident, schema)),
        _ if is_struct(schema) => Item::Struct(Struct {
            ident,
            docs,
            deprecated: schema.deprecated,
            fields: context.fields(schema, pointer, nest),
            setters: false,
        }),
        _ => {
            let ty = context.type_of(schema, pointer, "value", nest);
            Item::Newtype(Newtype {
                ident,
                docs,
                deprecated: schema.deprecated,
                adaptor: adaptor(&ty),
                ty,
            })
        }
    }
}

fn is_struct(schema: &Schema) -> bool {
    schema.kind == SchemaKind::Object
        && (schema.additional_properties.is_none() || !schema.properties.is_empty())
}

/// An open enum of the values that a schema knows.
pub(super) fn enumeration(author: Author<'_>, ident: Ident, schema: &Schema) -> Enum {
    let mut idents = Scope::reserving(RESERVED_VARIANTS);
    let variants = schema
        .values
        .iter()
        .map(|value| Variant {
            ident: idents.assign(Ident::value(&value.name)),
            docs: author.value(value),
            deprecated: value.deprecated,
            value: value.name.clone(),
        })
        .collect();
    Enum {
        docs: author.described(&schema.description, ident.as_str()),
        ident,
        deprecated: schema.deprecated,
        variants,
    }
}
