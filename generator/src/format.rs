//! Turns the tokens of one file into its text: parsed, spaced with blank lines, printed.

mod docs;
mod failure;
mod spacing;

#[cfg(test)]
mod tests;

pub(crate) use failure::FormatError;

use proc_macro2::TokenStream;

/// The text of a source file: `header` (lines of `// …`, or nothing), then `tokens`, formatted.
///
/// The text ends in exactly one newline, and no line ends in a space.
///
/// # Errors
///
/// When the tokens are not a Rust file. Whatever the document said, that is a mistake of the
/// generator, so the error shows the tokens rather than the document.
pub(crate) fn source(header: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let mut file = failure::parse(tokens)?;
    docs::split_lines(&mut file);
    spacing::space_out(&mut file);
    let (header, body) = (header.trim_end(), prettyplease::unparse(&file));
    let mut text = String::with_capacity(header.len() + body.len() + 4);
    text.push_str(header);
    if !header.is_empty() {
        text.push_str(if body.is_empty() { "\n" } else { "\n\n" });
    }
    push_body(&mut text, &body);
    Ok(text)
}

/// Appends the printed file, with a blank line between its `//!` lines and its `#![…]` attributes:
/// attributes are no items, so the spacing of items cannot say it.
fn push_body(text: &mut String, body: &str) {
    let docs = body
        .split_inclusive('\n')
        .take_while(|line| line.starts_with("//!"))
        .map(str::len);
    let (docs, rest) = body.split_at(docs.sum());
    text.push_str(docs);
    if !docs.is_empty() && rest.starts_with("#![") {
        text.push('\n');
    }
    text.push_str(rest);
}
