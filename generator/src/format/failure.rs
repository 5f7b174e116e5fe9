//! Parses items, with errors that show what does not parse.

use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, File, ImplItem, Item, TraitItem};

/// The generator emitted tokens that are not a Rust file: a defect of the generator.
#[derive(Debug)]
pub(crate) struct FormatError {
    cause: String,
    context: String,
}

impl FormatError {
    pub(super) fn new(cause: impl fmt::Display, context: impl fmt::Display) -> Self {
        Self {
            cause: cause.to_string(),
            context: excerpt(context.to_string()),
        }
    }
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

/// Parses an item of a file, with the inner attributes of the file or without.
///
/// # Errors
///
/// Fails if it is not Rust, and shows its innermost member that is not.
pub(super) fn parse(item: TokenStream) -> Result<File, FormatError> {
    let mut rest = TokenStream::new();
    let parse = |input: ParseStream<'_>| {
        let start = input.cursor();
        let file = File::parse(input);
        file.inspect_err(|_| rest = start.token_stream())
    };
    parse
        .parse2(item)
        .map_err(|error| FormatError::new(error, narrow(rest)))
}

/// Returns the tokens from the innermost item or member on that does not parse.
fn narrow(rest: TokenStream) -> TokenStream {
    let mut find: Option<fn(TokenStream) -> TokenStream> = None;
    for token in rest.clone() {
        match token {
            TokenTree::Ident(word) if find.is_none() => {
                find = match word.to_string().as_str() {
                    "mod" => Some(first_failure::<Item>),
                    "impl" => Some(first_failure::<ImplItem>),
                    "trait" => Some(first_failure::<TraitItem>),
                    "fn" | "struct" | "enum" | "const" | "static" | "use" | "type" => return rest,
                    _ => None,
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner = find.map(|find| find(group.stream())).unwrap_or_default();
                return if inner.is_empty() {
                    rest
                } else {
                    narrow(inner)
                };
            }
            _ => {}
        }
    }
    rest
}

/// Returns the tokens from the first member on that does not parse; nothing if all do.
fn first_failure<T: Parse>(members: TokenStream) -> TokenStream {
    let mut rest = TokenStream::new();
    let parse = |input: ParseStream<'_>| {
        input.call(Attribute::parse_inner)?;
        while !input.is_empty() {
            let start = input.cursor();
            let member: syn::Result<T> = input.parse();
            member.inspect_err(|_| rest = start.token_stream())?;
        }
        Ok(())
    };
    // The error itself is known already.
    let _ = parse.parse2(members);
    rest
}

/// Cuts a text to what a person can read.
fn excerpt(mut text: String) -> String {
    const LIMIT: usize = 400;
    if text.len() > LIMIT {
        text.truncate(text.floor_char_boundary(LIMIT));
        text.push('…');
    }
    text
}
