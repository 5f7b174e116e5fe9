//! Formats the tokens of a source file: syn parses them, prettyplease prints them.

mod comments;
mod failure;
mod spacing;

#[cfg(test)]
mod tests;

pub(crate) use failure::FormatError;

use proc_macro2::TokenStream;

use comments::Comments;

/// Returns the text of a source file: `header` (lines of `// …`, or nothing), then `tokens`.
///
/// The text ends in exactly one newline, and no line ends in a space.
///
/// # Errors
///
/// Fails if the tokens are not a Rust file. That is a defect of the generator whatever the document
/// holds, so the error shows the tokens rather than a place in the document.
pub(crate) fn source(header: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let (tokens, comments) = Comments::take(tokens);
    let mut file = failure::parse(tokens)?;
    spacing::space_out(&mut file)?;
    let body = prettyplease::unparse(&file);
    let mut text = header.trim_end().to_owned();
    if !text.is_empty() {
        text.push_str(if body.is_empty() { "\n" } else { "\n\n" });
    }
    comments.put_back(&body, &mut text)?;
    Ok(text)
}
