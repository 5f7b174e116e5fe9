//! What a mistake of emission looks like.

use std::fmt;

use super::tokens::View;

/// Emission produced tokens that are no Rust: a mistake of the generator.
#[derive(Debug)]
pub(crate) struct FormatError {
    cause: String,
    context: String,
}

impl FormatError {
    pub(super) fn new(cause: &dyn fmt::Display, tokens: View<'_>) -> Self {
        Self {
            cause: cause.to_string(),
            context: excerpt(tokens),
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

/// As much of the tokens as a person wants to see.
fn excerpt(tokens: View<'_>) -> String {
    const LIMIT: usize = 400;
    let mut text = tokens.to_string();
    if text.len() > LIMIT {
        text.truncate(text.floor_char_boundary(LIMIT));
        text.push('…');
    }
    text
}
