//! What the plain layout does not know: parsed by syn, printed by prettyplease.

use std::iter::repeat_n;

use syn::{File, ImplItem, Item, TraitItem};

use super::FormatError;
use super::items::Container;
use super::output::{INDENT, Output};
use super::tokens::View;

/// Appends an item, a member or an attribute of what `container` is.
///
/// # Errors
///
/// When it is not Rust.
pub(super) fn push(
    out: &mut Output,
    tokens: View<'_>,
    container: Container,
) -> Result<(), FormatError> {
    let depth = out.indent / INDENT;
    let file: File = syn::parse_str(&within_modules(tokens, container, depth))
        .map_err(|error| FormatError::new(&error, tokens))?;
    if has_unprintable(&file.items) {
        return Err(FormatError::new(&"an item that is no stable Rust", tokens));
    }
    let printed = prettyplease::unparse(&file);
    let lines: Vec<_> = printed.split_inclusive('\n').collect();
    let inner = lines.get(depth..lines.len() - depth).unwrap_or_default();
    out.text.extend(inner.iter().copied());
    Ok(())
}

/// A file in which the tokens stand as deep as where they are to be printed.
fn within_modules(tokens: View<'_>, container: Container, depth: usize) -> String {
    let innermost = match container {
        Container::File | Container::Module => "mod m",
        Container::Impl => "impl T",
        Container::Trait => "trait T",
        Container::Struct => "struct T",
        Container::Enum => "enum T",
    };
    let outer = repeat_n("mod m", depth.saturating_sub(1));
    let mut text = String::new();
    for head in outer.chain((depth > 0).then_some(innermost)) {
        text.push_str(head);
        text.push('{');
    }
    text.push_str(&tokens.to_string());
    text.extend(repeat_n('}', depth));
    text
}

/// Whether there is what syn accepts for macros' sake, but prettyplease refuses to print (by a
/// panic).
fn has_unprintable(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Verbatim(_) => true,
        Item::Mod(module) => module
            .content
            .as_ref()
            .is_some_and(|(_, items)| has_unprintable(items)),
        Item::Impl(block) => block
            .items
            .iter()
            .any(|item| matches!(item, ImplItem::Verbatim(_))),
        Item::Trait(block) => block
            .items
            .iter()
            .any(|item| matches!(item, TraitItem::Verbatim(_))),
        _ => false,
    })
}
