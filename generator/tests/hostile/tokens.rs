//! Tokens of generated Rust: no text of the document became a name.

use proc_macro2::{TokenStream, TokenTree};

use crate::words::CANARY;

/// Checks that the text is Rust, and that no text of the document became code.
pub(crate) fn check(text: &str) -> Result<(), String> {
    check_identifiers(&parse(text)?)
}

pub(crate) fn parse(text: &str) -> Result<TokenStream, String> {
    text.parse().map_err(|_| "is not Rust".to_owned())
}

/// Checks that no text of the document became a name.
pub(crate) fn check_identifiers(tokens: &TokenStream) -> Result<(), String> {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => check_identifiers(&group.stream())?,
            TokenTree::Ident(ident) if ident.to_string().contains(CANARY) => {
                return Err(format!("has the identifier {ident}"));
            }
            _ => {}
        }
    }
    Ok(())
}
