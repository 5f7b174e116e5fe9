//! The public items of a generated crate, without their documentation.

use std::collections::BTreeMap;

use generator::Package;
use quote::ToTokens;
use syn::{
    Attribute, Expr, Field, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, Member, Visibility,
};

/// Path to text. The text tells two items apart that swapped their names: a field has its serde
/// attributes, a function its method's id, and a value of an enum is an item with its variant.
/// Cargo features are no part of it: all are on by default.
pub(crate) type Items = BTreeMap<String, String>;

/// The public items of a package.
pub(crate) fn public(package: &Package) -> Items {
    let mut found = Items::new();
    for (path, text) in &package.files {
        let Some(module) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let module = if module == "lib" {
            String::new()
        } else {
            module.replace('/', "::")
        };
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        in_module(&module, file.items, &mut found);
    }
    found
}

fn in_module(module: &str, items: Vec<Item>, found: &mut Items) {
    for item in items {
        match item {
            Item::Mod(item) if is_public(&item.vis) => {
                let path = format!("{module}::{}", item.ident);
                if let Some((_, items)) = item.content {
                    in_module(&path, items, found);
                }
                found.insert(path, "mod".to_owned());
            }
            Item::Struct(item) if is_public(&item.vis) => of_struct(module, item, found),
            Item::Enum(item) if is_public(&item.vis) => of_enum(module, item, found),
            Item::Impl(item) => of_impl(module, item, found),
            Item::Type(item) if is_public(&item.vis) => {
                found.insert(format!("{module}::{}", item.ident), text(&item.ty));
            }
            Item::Const(item) if is_public(&item.vis) => {
                found.insert(format!("{module}::{}", item.ident), text(&item.expr));
            }
            _ => {}
        }
    }
}

fn of_struct(module: &str, item: ItemStruct, found: &mut Items) {
    let path = format!("{module}::{}", item.ident);
    for (member, field) in item.fields.members().zip(&item.fields) {
        if is_public(&field.vis) {
            found.insert(format!("{path}.{}", name(&member)), of_field(field));
        }
    }
    found.insert(path, attributes(&item.attrs));
}

fn of_field(field: &Field) -> String {
    format!("{} {}", attributes(&field.attrs), text(&field.ty))
}

fn of_enum(module: &str, item: ItemEnum, found: &mut Items) {
    let path = format!("{module}::{}", item.ident);
    for variant in &item.variants {
        found.insert(
            format!("{path}::{}", variant.ident),
            attributes(&variant.attrs),
        );
    }
    found.insert(path, attributes(&item.attrs));
}

fn of_impl(module: &str, item: ItemImpl, found: &mut Items) {
    let path = format!("{module}::{}", text(&item.self_ty));
    let implemented = item
        .trait_
        .as_ref()
        .map(|(implemented, _)| text(implemented));
    for member in item.items {
        match member {
            ImplItem::Fn(mut function) if implemented.is_none() && is_public(&function.vis) => {
                function.attrs.retain(is_telling);
                found.insert(format!("{path}::{}", function.sig.ident), text(&function));
            }
            ImplItem::Const(table) => {
                for value in values(&table.expr) {
                    found.insert(format!("{path}: {value}"), "value".to_owned());
                }
            }
            _ => {}
        }
    }
    if let Some(implemented) = implemented {
        found.insert(format!("{path}: {implemented}"), "impl".to_owned());
    }
}

/// The elements of a table, each of which is a tuple.
fn values(table: &Expr) -> Vec<String> {
    match table {
        Expr::Reference(table) => values(&table.expr),
        Expr::Array(table) => table
            .elems
            .iter()
            .map(|value| values(value).join(", "))
            .collect(),
        Expr::Tuple(value) => value.elems.iter().map(text).collect(),
        _ => Vec::new(),
    }
}

fn attributes(attributes: &[Attribute]) -> String {
    attributes
        .iter()
        .filter(|attribute| is_telling(attribute))
        .map(text)
        .collect()
}

fn is_telling(attribute: &Attribute) -> bool {
    !attribute.path().is_ident("doc") && !attribute.path().is_ident("cfg")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn name(member: &Member) -> String {
    text(member)
}

fn text(part: &impl ToTokens) -> String {
    part.to_token_stream().to_string()
}
