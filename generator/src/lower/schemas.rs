//! Modules of schemas and the types in them.

use std::collections::BTreeMap;

use discovery::{Pointer, Schema};

use super::context::Context;
use super::docs;
use super::enums::enumeration;
use super::properties::InlineTypes;
use super::shapes;
use crate::model::{Alias, Item, Module, Newtype, Struct, Type, TypePath};
use crate::names::{Ident, reserved};

/// Lowers all schemas into the tree of modules below `schemas`.
pub(super) fn lower(context: &mut Context<'_>) -> Module {
    let mut root = Module {
        path: vec![Ident::snake(reserved::SCHEMAS)],
        docs: context.writer.schemas(context.selected),
        ..Module::default()
    };
    let entries: Vec<_> = context
        .index
        .iter()
        .filter(|(name, _)| context.selected.schemas.contains_key(*name))
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
        let mut inline = InlineTypes::new(nested);
        let item = item(
            context,
            (name, schema),
            &pointer.key(name),
            &path,
            ty,
            &mut inline,
        );
        if let Item::Struct(message) = &item {
            context.messages.insert(&path, message);
        }
        let owner = path.ident.clone();
        context.check_file(&path.module, &pointer.key(name));
        package(&mut root, &mut packages, path).push(item, inline.finish(&owner));
    }
    root
}

/// Returns the module of a type, which is created if it is new.
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
            docs: docs::package(path),
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
    inline: &mut InlineTypes,
) -> Item {
    let ident = path.ident.clone();
    let docs = context.writer.described(&schema.description, name);
    match ty {
        Type::Shared(_) => Item::Alias(Alias { ident, docs, ty }),
        Type::Struct(ref target) | Type::Enum(ref target) if target != path => {
            Item::Alias(Alias { ident, docs, ty })
        }
        Type::Enum(_) => Item::Enum(enumeration(context.writer, ident, schema)),
        _ if shapes::is_struct(schema) => Item::Struct(Struct {
            ident,
            docs,
            deprecated: schema.deprecated,
            fields: context.fields(schema, pointer, inline),
        }),
        _ => {
            let ty = context.type_of(schema, pointer, "value", inline);
            Item::Newtype(Newtype {
                ident,
                docs,
                deprecated: schema.deprecated,
                ty,
            })
        }
    }
}
