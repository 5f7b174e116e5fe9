//! Blank lines between items, which prettyplease leaves to its caller.
//!
//! prettyplease prints an empty `Verbatim` item as an empty line, so no marker has to be found in
//! the printed text.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{AttrStyle, Attribute, File, ImplItem, Item, TraitItem, Visibility};

use super::FormatError;

/// The end of what is printed already, which decides what separates it from the next item.
#[derive(Default)]
pub(super) struct Spacing {
    last: Option<Group>,
}

impl Spacing {
    /// Puts a blank line in front of the items of a part of a file, and between their members.
    ///
    /// # Errors
    ///
    /// Fails if there are items which syn accepts for the sake of macros, but which are not Rust,
    /// such as a function without a body, or if inner attributes are not at the beginning.
    pub(super) fn space_out(&mut self, file: &mut File) -> Result<(), FormatError> {
        if let (Some(attribute), Some(_)) = (file.attrs.first(), self.last) {
            let path = attribute.path().to_token_stream();
            return Err(FormatError::new("an inner attribute behind items", path));
        }
        self.items(&mut file.items, &file.attrs)
    }

    /// Spaces items of a file or module with those attributes.
    fn items(
        &mut self,
        items: &mut Vec<Item>,
        attributes: &[Attribute],
    ) -> Result<(), FormatError> {
        for item in items.iter_mut() {
            match item {
                Item::Mod(module) => {
                    if let Some((_, content)) = &mut module.content {
                        Self::default().items(content, &module.attrs)?;
                    }
                }
                Item::Impl(block) => Self::default().separate(&mut block.items)?,
                Item::Trait(block) => Self::default().separate(&mut block.items)?,
                _ => {}
            }
        }
        let is_inner = |attribute: &Attribute| matches!(attribute.style, AttrStyle::Inner(_));
        if attributes.iter().any(is_inner) {
            self.last = Some(Group::None);
        }
        self.separate(items)
    }

    fn separate<T: Spaced>(&mut self, items: &mut Vec<T>) -> Result<(), FormatError> {
        for item in std::mem::replace(items, Vec::with_capacity(items.len() * 2)) {
            if let Some(tokens) = item.unprintable() {
                return Err(FormatError::new("an item that is not stable Rust", tokens));
            }
            let group = item.group();
            let last = self.last.replace(group);
            if last.is_some_and(|last| last != group || group == Group::None) {
                items.push(T::blank());
            }
            items.push(item);
        }
        Ok(())
    }
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
