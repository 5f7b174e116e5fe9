//! Blank lines between items, which prettyplease leaves to its caller.
//!
//! prettyplease prints an empty `Verbatim` item as an empty line, so no marker has to be found in
//! the printed text.

use proc_macro2::TokenStream;
use syn::{AttrStyle, Attribute, File, ImplItem, Item, TraitItem, Visibility};

use super::FormatError;

/// Puts a blank line between the items of a file, and between those of its modules, traits and impls.
///
/// # Errors
///
/// Fails if there are items which syn accepts for the sake of macros, but which are not Rust, such
/// as a function without a body.
pub(super) fn space_out(file: &mut File) -> Result<(), FormatError> {
    items(&mut file.items, &file.attrs)
}

/// Spaces the items of a file or module with those attributes.
fn items(items: &mut Vec<Item>, attributes: &[Attribute]) -> Result<(), FormatError> {
    for item in items.iter_mut() {
        match item {
            Item::Mod(module) => {
                if let Some((_, content)) = &mut module.content {
                    self::items(content, &module.attrs)?;
                }
            }
            Item::Impl(block) => separate(&mut block.items)?,
            Item::Trait(block) => separate(&mut block.items)?,
            _ => {}
        }
    }
    separate(items)?;
    let has_inner = attributes
        .iter()
        .any(|attribute| matches!(attribute.style, AttrStyle::Inner(_)));
    if has_inner && !items.is_empty() {
        items.insert(0, Item::Verbatim(TokenStream::new()));
    }
    Ok(())
}

fn separate<T: Spaced>(items: &mut Vec<T>) -> Result<(), FormatError> {
    let mut spaced = Vec::with_capacity(items.len() * 2);
    let mut last = None;
    for item in items.drain(..) {
        if let Some(tokens) = item.unprintable() {
            return Err(FormatError::new("an item that is not stable Rust", tokens));
        }
        let group = item.group();
        if last.is_some_and(|last| last != group || group == Group::None) {
            spaced.push(T::blank());
        }
        last = Some(group);
        spaced.push(item);
    }
    *items = spaced;
    Ok(())
}

/// Neighbours in the same group have no blank line between them.
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

impl Group {
    /// An item with documentation or attributes is tall enough to stand alone.
    fn unless(attributes: &[Attribute], group: Self) -> Self {
        if attributes.is_empty() {
            group
        } else {
            Self::None
        }
    }
}

/// An item, or a member of one.
trait Spaced: Sized {
    fn blank() -> Self;
    fn group(&self) -> Group;
    /// Returns the tokens of an item that prettyplease cannot print.
    fn unprintable(&self) -> Option<&TokenStream>;
}

impl Spaced for Item {
    fn blank() -> Self {
        Self::Verbatim(TokenStream::new())
    }

    fn group(&self) -> Group {
        let (attributes, group) = match self {
            Self::Use(item) => match item.vis {
                Visibility::Inherited => (&item.attrs, Group::Import),
                _ => (&item.attrs, Group::ReExport),
            },
            Self::Mod(item) if item.content.is_none() => (&item.attrs, Group::Module),
            Self::Const(item) => (&item.attrs, Group::Constant),
            Self::Static(item) => (&item.attrs, Group::Constant),
            Self::Type(item) => (&item.attrs, Group::Type),
            _ => return Group::None,
        };
        Group::unless(attributes, group)
    }

    fn unprintable(&self) -> Option<&TokenStream> {
        match self {
            Self::Verbatim(tokens) => Some(tokens),
            _ => None,
        }
    }
}

/// Implements [`Spaced`] for the members of an impl or a trait.
macro_rules! members {
    ($member:ident) => {
        impl Spaced for $member {
            fn blank() -> Self {
                Self::Verbatim(TokenStream::new())
            }

            fn group(&self) -> Group {
                match self {
                    Self::Const(item) => Group::unless(&item.attrs, Group::Constant),
                    Self::Type(item) => Group::unless(&item.attrs, Group::Type),
                    _ => Group::None,
                }
            }

            fn unprintable(&self) -> Option<&TokenStream> {
                match self {
                    Self::Verbatim(tokens) => Some(tokens),
                    _ => None,
                }
            }
        }
    };
}

members!(ImplItem);
members!(TraitItem);
