//! Attributes and documentation.

use std::borrow::Cow;

use syn::LitStr;

use super::output::{Output, Unknown};
use super::tokens::{Bracket, View};

/// How long an attribute is, if one begins here: `#[…]`, or `#![…]` if `inner`.
pub(super) fn length(tokens: View<'_>, inner: bool) -> Option<usize> {
    let open = 1 + usize::from(inner);
    let begins = tokens.is(0, "#") && tokens.opens(open, Bracket::Square);
    (begins && (!inner || tokens.is(1, "!"))).then(|| tokens.close(open) + 1)
}

impl Output {
    /// Appends an attribute, on lines of its own.
    pub(super) fn attribute(&mut self, tokens: View<'_>) -> Result<(), Unknown> {
        let open = 1 + usize::from(tokens.is(1, "!"));
        let content = tokens.within(open);
        if content.is(0, "doc") && content.is(1, "=") && content.len() == 3 {
            let comment = if open == 1 { "///" } else { "//!" };
            return self.docs(comment, content.word(2));
        }
        self.begin_line();
        self.text.push_str(if open == 1 { "#[" } else { "#![" });
        self.meta(content, 1)?;
        self.text.push_str("]\n");
        Ok(())
    }

    /// Appends what is within an attribute, or within brackets of it.
    fn meta(&mut self, tokens: View<'_>, tail: usize) -> Result<(), Unknown> {
        if self.fits(tokens, tail)? {
            return Ok(());
        }
        let open = tokens.places().last().ok_or(Unknown)?;
        if !tokens.opens(open, Bracket::Round) {
            return Err(Unknown);
        }
        self.whole(tokens.before(open + 1), 0)?;
        self.lines(tokens.within(open), "", Self::meta)?;
        self.text.push(')');
        Ok(())
    }

    /// Appends a line of comment for each line of a text.
    fn docs(&mut self, comment: &str, literal: &str) -> Result<(), Unknown> {
        for line in text(literal).ok_or(Unknown)?.split('\n') {
            // `////` is no documentation.
            if line.starts_with('/') || line.contains('\r') {
                return Err(Unknown);
            }
            self.begin_line();
            self.text.push_str(comment);
            self.text.push_str(line.trim_end_matches(' '));
            self.text.push('\n');
        }
        Ok(())
    }
}

/// What a literal of text says: a raw one as it stands, one with escapes as syn reads it.
fn text(literal: &str) -> Option<Cow<'_, str>> {
    if let Some(rest) = literal.strip_prefix('r') {
        let quoted = rest.trim_start_matches('#');
        let hashes = rest.len() - quoted.len();
        let text = quoted.strip_prefix('"')?;
        return text
            .get(..text.len().checked_sub(1 + hashes)?)
            .map(Cow::Borrowed);
    }
    let plain = literal.strip_prefix('"')?.strip_suffix('"')?;
    if plain.contains('\\') {
        let literal: LitStr = syn::parse_str(literal).ok()?;
        return Some(Cow::Owned(literal.value()));
    }
    Some(Cow::Borrowed(plain))
}
