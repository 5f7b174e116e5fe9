//! The items of a module, one by one.

use std::collections::BTreeMap;

use syn::ext::IdentExt;
use syn::{Fields, Item as Rust, UseTree, Visibility};

use super::names::{Names, is_public};
use super::text::text;
use super::{Form, Item, Key, Outside, Space, Wire, attributes};

type Items = BTreeMap<Key, Item>;

/// What a public item is; none for what is not public, for modules and for implementations.
pub(super) fn read(item: &Rust, names: &Names<'_>) -> Items {
    match item {
        Rust::Struct(item) if is_public(&item.vis) => structure(item, names),
        Rust::Enum(item) if is_public(&item.vis) => enumeration(item, names),
        Rust::Type(item) if is_public(&item.vis) => {
            let form = Form::Alias(names.generics(&item.generics) + &names.ty(&item.ty));
            one(Space::Type, &item.ident, plain(form, &item.attrs))
        }
        Rust::Const(item) if is_public(&item.vis) => {
            let mut found = plain(Form::Constant(names.ty(&item.ty)), &item.attrs);
            found.wire.insert(Wire::Value, text(&item.expr));
            one(Space::Constant, &item.ident, found)
        }
        Rust::Use(item) if is_public(&item.vis) => exports(item),
        Rust::Impl(_) | Rust::Mod(_) | Rust::Macro(_) => Items::new(),
        other if is_visible(other) => {
            let text = text(other);
            let name = text
                .split(['{', '=', ';'])
                .next()
                .unwrap_or_default()
                .trim();
            let key = Key::new(Space::Other, name);
            [(key, plain(Form::Other(text), &[]))].into()
        }
        _ => Items::new(),
    }
}

fn is_visible(item: &Rust) -> bool {
    let visibility: &Visibility = match item {
        Rust::Fn(item) => &item.vis,
        Rust::Static(item) => &item.vis,
        Rust::Trait(item) => &item.vis,
        Rust::TraitAlias(item) => &item.vis,
        Rust::Union(item) => &item.vis,
        Rust::ExternCrate(item) => &item.vis,
        _ => return false,
    };
    is_public(visibility)
}

fn one(space: Space, ident: &syn::Ident, item: Item) -> Items {
    [(Key::new(space, ident.unraw().to_string()), item)].into()
}

/// An item with nothing in it.
pub(super) fn plain(form: Form, attributes: &[syn::Attribute]) -> Item {
    Item {
        form,
        docs: attributes::docs(attributes),
        deprecated: attributes::has(attributes, "deprecated"),
        gate: attributes::gate(attributes),
        wire: Outside::new(),
        items: Items::new(),
    }
}

fn structure(item: &syn::ItemStruct, names: &Names<'_>) -> Items {
    let hidden = item.fields.iter().any(|field| !is_public(&field.vis));
    let form = Form::Struct {
        generics: names.generics(&item.generics),
        complete: !hidden && !attributes::has(&item.attrs, "non_exhaustive"),
    };
    let mut found = plain(form, &item.attrs);
    for (index, field) in item.fields.iter().enumerate() {
        if is_public(&field.vis) {
            let name = field.ident.as_ref();
            let name = name.map_or_else(|| index.to_string(), |name| name.unraw().to_string());
            let mut read = plain(Form::Field(names.ty(&field.ty)), &field.attrs);
            let in_json = attributes::name_in_json(&field.attrs).unwrap_or_else(|| name.clone());
            read.wire.insert(Wire::Json, in_json);
            found.items.insert(Key::new(Space::Field, name), read);
        }
    }
    derive(&mut found, &item.attrs, names);
    one(Space::Type, &item.ident, found)
}

fn enumeration(item: &syn::ItemEnum, names: &Names<'_>) -> Items {
    let form = Form::Enum {
        generics: names.generics(&item.generics),
        complete: !attributes::has(&item.attrs, "non_exhaustive"),
    };
    let mut found = plain(form, &item.attrs);
    for variant in &item.variants {
        let content = match &variant.fields {
            Fields::Unit => String::new(),
            fields => names.fields(fields),
        };
        let read = plain(Form::Variant(content), &variant.attrs);
        let name = variant.ident.unraw().to_string();
        found.items.insert(Key::new(Space::Variant, name), read);
    }
    derive(&mut found, &item.attrs, names);
    one(Space::Type, &item.ident, found)
}

fn derive(item: &mut Item, attributes: &[syn::Attribute], names: &Names<'_>) {
    for path in attributes::derives(attributes) {
        let key = Key::new(Space::Implementation, names.path(&path));
        item.items
            .insert(key, plain(Form::Implementation(String::new()), &[]));
    }
}

/// What is exported again: the name here, and the path as it is written.
fn exports(item: &syn::ItemUse) -> Items {
    let mut found = Items::new();
    flatten(&item.tree, "", &mut |name, path| {
        let key = Key::new(Space::Export, name);
        found.insert(key, plain(Form::Export(path), &item.attrs));
    });
    found
}

fn flatten(tree: &UseTree, before: &str, found: &mut dyn FnMut(String, String)) {
    match tree {
        UseTree::Path(path) => flatten(&path.tree, &format!("{before}{}::", path.ident), found),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, before, found);
            }
        }
        UseTree::Name(name) => found(name.ident.to_string(), format!("{before}{}", name.ident)),
        UseTree::Rename(name) => {
            found(name.rename.to_string(), format!("{before}{}", name.ident));
        }
        other => found(
            format!("{before}{}", text(other)),
            format!("{before}{}", text(other)),
        ),
    }
}
