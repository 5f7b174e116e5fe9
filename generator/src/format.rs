//! Turns the tokens of one file into its text, as prettyplease prints it, with blank lines between
//! items.
//!
//! Most of what is emitted are short declarations, all of a few kinds: those are laid out here,
//! token by token. What this module does not know, it has parsed by syn and printed by prettyplease,
//! at many times the cost. The tests compare all files with what prettyplease makes of them.

mod attributes;
mod failure;
mod functions;
mod item;
mod items;
mod layout;
mod line;
mod output;
mod pretty;
mod tokens;

#[cfg(test)]
mod tests;

pub(crate) use failure::FormatError;

use proc_macro2::TokenStream;

use items::Container;
use output::Output;
use tokens::Tokens;

/// The text of a source file: `header` (lines of `// …`, or nothing), then `tokens`, formatted.
///
/// The text ends in exactly one newline, and no line ends in a space.
///
/// # Errors
///
/// When the tokens are not a Rust file, and that is noticed. Whatever the document said, that is a
/// mistake of the generator, so the error shows the tokens rather than the document.
pub(crate) fn source(header: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let tokens = Tokens::new(tokens);
    let mut out = Output::default();
    let header = header.trim_end();
    if !header.is_empty() {
        out.text.push_str(header);
        let separator = if tokens.view().is_empty() {
            "\n"
        } else {
            "\n\n"
        };
        out.text.push_str(separator);
    }
    items::content(&mut out, tokens.view(), Container::File)?;
    Ok(out.text)
}
