//! Splits the tokens of a file into its items.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Returns the tokens of each item, the first one with the inner attributes of the file.
///
/// Tokens that are not items end up in one that does not parse.
pub(super) fn split(tokens: Vec<TokenTree>) -> impl Iterator<Item = TokenStream> {
    let mut tokens = tokens.into_iter();
    std::iter::from_fn(move || {
        let mut ends_with_block = true;
        let mut is_end = |token: &TokenTree| match token {
            TokenTree::Ident(word) => {
                let has_semicolon = ["const", "static", "type", "use"].iter().any(|w| word == w);
                ends_with_block &= !has_semicolon;
                false
            }
            TokenTree::Punct(sign) => sign.as_char() == ';',
            TokenTree::Group(group) => ends_with_block && group.delimiter() == Delimiter::Brace,
            TokenTree::Literal(_) => false,
        };
        let mut item = Vec::new();
        for token in tokens.by_ref() {
            let ends = is_end(&token);
            item.push(token);
            if ends {
                break;
            }
        }
        (!item.is_empty()).then(|| item.into_iter().collect())
    })
}
