//! What is implemented for the types of a module: functions, traits, macros in place of traits.

use std::collections::BTreeMap;

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::{Expr, ImplItem, Item as Rust, ItemImpl, ItemMacro, Lit, Type};

use super::names::{Names, is_public};
use super::{Form, Item, Key, Space, Wire, attributes, functions, items};

/// Adds what `item` implements to the type of this module that it is implemented for.
pub(super) fn attach(item: &Rust, names: &Names<'_>, found: &mut BTreeMap<Key, Item>) {
    match item {
        Rust::Impl(item) => {
            let Some(owner) = name(&item.self_ty).and_then(|name| owner(&name, found)) else {
                return;
            };
            match &item.trait_ {
                Some((path, _)) => implementation(item, names.path(path), names, owner),
                None => inherent(item, names, owner),
            }
        }
        Rust::Macro(item) => implementing_macro(item, names, found),
        _ => {}
    }
}

fn owner<'a>(name: &str, found: &'a mut BTreeMap<Key, Item>) -> Option<&'a mut Item> {
    found.get_mut(&Key::new(Space::Type, name))
}

fn name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.unraw().to_string()),
        _ => None,
    }
}

fn inherent(block: &ItemImpl, names: &Names<'_>, owner: &mut Item) {
    for item in &block.items {
        let (key, mut found) = match item {
            ImplItem::Fn(function) if is_public(&function.vis) => {
                let name = function.sig.ident.unraw().to_string();
                let found = functions::item(function, names);
                (Key::new(Space::Function, name), found)
            }
            ImplItem::Const(constant) if is_public(&constant.vis) => {
                let form = Form::Constant(names.ty(&constant.ty));
                let name = constant.ident.unraw().to_string();
                let found = items::plain(form, &constant.attrs);
                (Key::new(Space::Constant, name), found)
            }
            _ => continue,
        };
        found.gate.extend(attributes::gate(&block.attrs));
        owner.items.insert(key, found);
    }
}

fn implementation(block: &ItemImpl, path: String, names: &Names<'_>, owner: &mut Item) {
    let associated = block.items.iter().filter_map(|item| match item {
        ImplItem::Type(item) => Some(format!("{} = {}", item.ident, names.ty(&item.ty))),
        _ => None,
    });
    let associated = associated.collect::<Vec<_>>().join(", ");
    for (variant, value) in block.items.iter().filter_map(values).flatten() {
        if let Some(variant) = owner.items.get_mut(&Key::new(Space::Variant, variant)) {
            variant.wire.insert(Wire::Json, value);
        }
    }
    let found = items::plain(Form::Implementation(associated), &block.attrs);
    owner
        .items
        .insert(Key::new(Space::Implementation, path), found);
}

/// The variants of an open enum and what stands for them in JSON: `VALUES` of `OpenEnum`.
fn values(item: &ImplItem) -> Option<Vec<(String, String)>> {
    let ImplItem::Const(constant) = item else {
        return None;
    };
    let Expr::Reference(reference) = &constant.expr else {
        return None;
    };
    let Expr::Array(array) = &*reference.expr else {
        return None;
    };
    Some(array.elems.iter().filter_map(value).collect())
}

fn value(pair: &Expr) -> Option<(String, String)> {
    let Expr::Tuple(pair) = pair else {
        return None;
    };
    let mut pair = pair.elems.iter();
    match (pair.next()?, pair.next()?) {
        (Expr::Lit(value), Expr::Path(variant)) => match &value.lit {
            Lit::Str(value) => {
                let variant = variant.path.segments.last()?.ident.unraw().to_string();
                Some((variant, value.value()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// `runtime::request_builder!(List)` implements the trait of that name, and perhaps more.
fn implementing_macro(item: &ItemMacro, names: &Names<'_>, found: &mut BTreeMap<Key, Item>) {
    let first = match item.mac.tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(ident)) => ident.unraw().to_string(),
        _ => return,
    };
    if let Some(owner) = owner(&first, found) {
        let path = names.path(&item.mac.path);
        let key = Key::new(Space::Implementation, implemented(&path));
        let key = match owner.items.contains_key(&key) {
            true => Key::new(Space::Implementation, path + "!"),
            false => key,
        };
        let form = Form::Implementation(String::new());
        owner.items.insert(key, items::plain(form, &item.attrs));
    }
}

/// The trait that a macro is named after.
fn implemented(path: &str) -> String {
    let (modules, name) = path.rsplit_once("::").unwrap_or(("", path));
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    let name = words.collect::<String>();
    match modules {
        "" => name,
        modules => format!("{modules}::{name}"),
    }
}
