//! Formats the tokens of a source file: syn parses them, prettyplease prints them.
//!
//! Item by item, because the syntax tree of a large file is many times as large as its text.

mod failure;
mod items;
mod macro_input;
mod spacing;
mod verbatim;

#[cfg(test)]
mod tests;

pub(crate) use failure::FormatError;

use proc_macro2::TokenStream;

use spacing::Spacing;
use verbatim::Verbatim;

/// Returns the text of a source file: `header` (lines of `// …`, or nothing), then `tokens`.
///
/// The text ends in exactly one newline, and no line ends in a space.
///
/// # Errors
///
/// Fails if the tokens are not a Rust file. That is a defect of the generator whatever the document
/// holds, so the error shows the tokens rather than a place in the document.
pub(crate) fn source(header: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let mut text = header.trim_end().to_owned();
    let (tokens, mut verbatim) = Verbatim::take(tokens);
    if !text.is_empty() {
        text.push_str(if tokens.is_empty() { "\n" } else { "\n\n" });
    }
    let mut spacing = Spacing::default();
    for item in items::split(tokens) {
        let mut file = failure::parse(item)?;
        spacing.space_out(&mut file)?;
        verbatim.put_back(&prettyplease::unparse(&file), &mut text)?;
    }
    verbatim.finish()?;
    Ok(text)
}
