//! Blank lines between items, which prettyplease leaves to its caller.
//!
//! prettyplease prints an empty `Verbatim` item as an empty line: no marker has to be found again in
//! the printed text.

use proc_macro2::TokenStream;
use syn::{Attribute, File, ImplItem, Item, TraitItem, Visibility};

/// Puts a blank line between the items of a file, and between those of its modules, traits and impls.
pub(super) fn space_out(file: &mut File) {
    items(&mut file.items, !file.attrs.is_empty());
}

/// Spaces the items of a file or module; `after_docs` if inner attributes stand above the first one.
fn items(items: &mut Vec<Item>, after_docs: bool) {
    for item in items.iter_mut() {
        match item {
            Item::Mod(module) => {
                let has_docs = has_inner(&module.attrs);
                if let Some((_, content)) = &mut module.content {
                    self::items(content, has_docs);
                }
            }
            Item::Impl(block) => separate(&mut block.items, group_in_impl, ImplItem::Verbatim),
            Item::Trait(block) => separate(&mut block.items, group_in_trait, TraitItem::Verbatim),
            _ => {}
        }
    }
    separate(items, group, Item::Verbatim);
    if after_docs && !items.is_empty() {
        items.insert(0, Item::Verbatim(TokenStream::new()));
    }
}

/// Neighbours of one group stand without a blank line between them.
#[derive(Clone, Copy, PartialEq)]
enum Group {
    Import,
    ReExport,
    Module,
    Constant,
    Type,
    /// Stands alone.
    None,
}

fn separate<T>(items: &mut Vec<T>, group: fn(&T) -> Group, blank: fn(TokenStream) -> T) {
    let mut spaced = Vec::with_capacity(items.len() * 2);
    let mut last = None;
    for item in items.drain(..) {
        let this = group(&item);
        if last.is_some_and(|last| last != this || this == Group::None) {
            spaced.push(blank(TokenStream::new()));
        }
        last = Some(this);
        spaced.push(item);
    }
    *items = spaced;
}

fn group(item: &Item) -> Group {
    let (attrs, group) = match item {
        Item::Use(item) => match item.vis {
            Visibility::Inherited => (&item.attrs, Group::Import),
            _ => (&item.attrs, Group::ReExport),
        },
        Item::Mod(item) if item.content.is_none() => (&item.attrs, Group::Module),
        Item::Const(item) => (&item.attrs, Group::Constant),
        Item::Static(item) => (&item.attrs, Group::Constant),
        Item::Type(item) => (&item.attrs, Group::Type),
        _ => return Group::None,
    };
    unless_attributed(attrs, group)
}

fn group_in_impl(item: &ImplItem) -> Group {
    match item {
        ImplItem::Const(item) => unless_attributed(&item.attrs, Group::Constant),
        ImplItem::Type(item) => unless_attributed(&item.attrs, Group::Type),
        _ => Group::None,
    }
}

fn group_in_trait(item: &TraitItem) -> Group {
    match item {
        TraitItem::Const(item) => unless_attributed(&item.attrs, Group::Constant),
        TraitItem::Type(item) => unless_attributed(&item.attrs, Group::Type),
        _ => Group::None,
    }
}

/// An item with documentation or attributes is tall enough to stand alone.
fn unless_attributed(attrs: &[Attribute], group: Group) -> Group {
    if attrs.is_empty() { group } else { Group::None }
}

fn has_inner(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| matches!(attr.style, syn::AttrStyle::Inner(_)))
}
