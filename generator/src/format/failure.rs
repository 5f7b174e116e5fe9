//! Parses a file item by item, so that a failure can show the item it stopped in.

use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, File, ImplItem, Item, TraitItem};

/// Emission produced tokens that are no Rust file: a mistake of the generator.
#[derive(Debug)]
pub(crate) struct FormatError {
    cause: String,
    context: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cause, context } = self;
        write!(
            f,
            "the generator emitted code that does not parse: {cause}, in\n    {context}"
        )
    }
}

impl std::error::Error for FormatError {}

/// Like `syn::parse2`, with the offending tokens in the error.
pub(super) fn parse(tokens: TokenStream) -> Result<File, FormatError> {
    let mut rest = TokenStream::new();
    let file = |input: ParseStream<'_>| -> syn::Result<File> {
        let mut at = input.cursor();
        parse_file(input, || at = input.cursor()).inspect_err(|_| rest = at.token_stream())
    };
    match file.parse2(tokens) {
        Ok(file) => match unprintable(&file.items) {
            Some(item) => Err(FormatError {
                cause: "an item that is no stable Rust".to_owned(),
                context: excerpt(item),
            }),
            None => Ok(file),
        },
        Err(error) => Err(FormatError {
            cause: error.to_string(),
            context: excerpt(&narrow(rest)),
        }),
    }
}

/// Calls `mark` in front of every item.
fn parse_file(input: ParseStream<'_>, mut mark: impl FnMut()) -> syn::Result<File> {
    let attrs = input.call(Attribute::parse_inner)?;
    let mut items = Vec::new();
    while !input.is_empty() {
        mark();
        items.push(input.parse()?);
    }
    Ok(File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}

/// What syn accepts for macros' sake, but prettyplease refuses to print (by a panic).
fn unprintable(items: &[Item]) -> Option<&TokenStream> {
    items.iter().find_map(|item| match item {
        Item::Verbatim(tokens) => Some(tokens),
        Item::Mod(module) => unprintable(&module.content.as_ref()?.1),
        Item::Impl(block) => block.items.iter().find_map(|item| match item {
            ImplItem::Verbatim(tokens) => Some(tokens),
            _ => None,
        }),
        Item::Trait(block) => block.items.iter().find_map(|item| match item {
            TraitItem::Verbatim(tokens) => Some(tokens),
            _ => None,
        }),
        _ => None,
    })
}

/// From an item that does not parse to the member of it that does not, where it has members.
fn narrow(rest: TokenStream) -> TokenStream {
    let mut body = None;
    for token in rest.clone() {
        match token {
            TokenTree::Ident(word) if body.is_none() => {
                body = match word.to_string().as_str() {
                    "mod" => Some(first_failure::<Item> as fn(TokenStream) -> Option<TokenStream>),
                    "impl" => Some(first_failure::<ImplItem> as _),
                    "trait" => Some(first_failure::<TraitItem> as _),
                    "fn" | "struct" | "enum" | "const" | "static" | "use" | "type" => return rest,
                    _ => None,
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                return body
                    .and_then(|find| find(group.stream()))
                    .map_or(rest, narrow);
            }
            _ => {}
        }
    }
    rest
}

/// The tokens from the first member on that does not parse.
fn first_failure<T: Parse>(members: TokenStream) -> Option<TokenStream> {
    let mut rest = None;
    let find = |input: ParseStream<'_>| -> syn::Result<()> {
        input.call(Attribute::parse_inner)?;
        while !input.is_empty() {
            let at = input.cursor();
            input
                .parse::<T>()
                .inspect_err(|_| rest = Some(at.token_stream()))?;
        }
        Ok(())
    };
    // The error is the one already known.
    let _ = find.parse2(members);
    rest
}

/// As much of the tokens as a person wants to see.
fn excerpt(tokens: &TokenStream) -> String {
    const LIMIT: usize = 400;
    let mut text = String::new();
    for token in tokens.clone() {
        text.push_str(&token.to_string());
        text.push(' ');
        if text.len() > LIMIT {
            text.truncate(text.floor_char_boundary(LIMIT));
            text.push('…');
            break;
        }
    }
    text.trim_end().to_owned()
}
