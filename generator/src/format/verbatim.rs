//! Text that bypasses syn and prettyplease, and needs no layout but the indentation of its item:
//! documentation comments, two fifths of what is printed, and the input of macros in braces.
//!
//! A marker takes the place of each text before parsing, and is replaced after printing: an empty
//! comment, or one word. Markers need no numbers, because printing keeps the order of tokens.

use std::vec;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use syn::Lit;

use super::{FormatError, macro_input};

/// The marker of a macro's input.
const INPUT: &str = "__macro_input";

/// The texts that are not printed yet, in order; newlines separate their lines.
pub(super) struct Verbatim {
    texts: vec::IntoIter<String>,
    /// True if the last line is documentation of the file.
    in_file_docs: bool,
}

impl Verbatim {
    /// Returns the tokens with a marker for each text and without invisible groups, around which
    /// prettyplease would lay out code differently.
    pub(super) fn take(tokens: TokenStream) -> (Vec<TokenTree>, Self) {
        let (mut marked, mut texts) = (Vec::new(), Vec::new());
        mark(tokens, &mut marked, &mut texts);
        let verbatim = Self {
            texts: texts.into_iter(),
            in_file_docs: false,
        };
        (marked, verbatim)
    }

    /// Appends printed items to `text`, with texts in place of their markers, and a blank line
    /// between documentation and attributes of the file.
    ///
    /// # Errors
    ///
    /// Fails if a text cannot be a comment, or if there are too few of them.
    pub(super) fn put_back(&mut self, printed: &str, text: &mut String) -> Result<(), FormatError> {
        for line in printed.split_inclusive('\n') {
            let content = line.trim_start_matches(' ');
            let sign = content.trim_end();
            if matches!(sign, "///" | "//!" | INPUT) {
                let lines = self.texts.next().ok_or_else(|| mismatch(content))?;
                let indent = line.len() - content.len();
                let sign = if sign == INPUT { "" } else { sign };
                push_lines(&lines, indent, sign, text)?;
            } else {
                if self.in_file_docs && content.starts_with("#![") {
                    text.push('\n');
                }
                text.push_str(line);
            }
            self.in_file_docs = sign == "//!";
        }
        Ok(())
    }

    /// Checks that all texts have been printed.
    ///
    /// # Errors
    ///
    /// Fails if there is one left.
    pub(super) fn finish(mut self) -> Result<(), FormatError> {
        self.texts.next().map_or(Ok(()), |left| Err(mismatch(left)))
    }
}

/// Appends `tokens` to `marked`, and the texts among them to `texts`.
fn mark(tokens: TokenStream, marked: &mut Vec<TokenTree>, texts: &mut Vec<String>) {
    for token in tokens {
        let TokenTree::Group(group) = token else {
            marked.push(token);
            continue;
        };
        let (delimiter, inner) = (group.delimiter(), group.stream());
        // Only a stream without other owners is iterated without a copy.
        drop(group);
        if delimiter == Delimiter::None {
            mark(inner, marked, texts);
            continue;
        }
        let is_macro =
            matches!(marked.last(), Some(TokenTree::Punct(sign)) if sign.as_char() == '!');
        if is_macro && delimiter == Delimiter::Brace && !inner.is_empty() {
            texts.push(macro_input::lines(inner));
            let marker = TokenTree::from(Ident::new(INPUT, Span::call_site()));
            marked.push(Group::new(delimiter, marker.into()).into());
            continue;
        }
        let mut content = Vec::new();
        mark(inner, &mut content, texts);
        if let (Delimiter::Bracket, [TokenTree::Ident(name), _, TokenTree::Literal(literal)]) =
            (delimiter, content.as_mut_slice())
            && name == "doc"
            && let Lit::Str(text) = Lit::new(std::mem::replace(literal, Literal::string("")))
        {
            texts.push(text.value());
        }
        marked.push(Group::new(delimiter, content.into_iter().collect()).into());
    }
}

fn mismatch(context: impl std::fmt::Display) -> FormatError {
    FormatError::new("documentation that is not that of an item", context)
}

/// Appends lines, with a sign in front of each.
fn push_lines(
    lines: &str,
    indent: usize,
    sign: &str,
    text: &mut String,
) -> Result<(), FormatError> {
    for line in lines.split('\n') {
        // `////` is not documentation, and a carriage return is an error to rustc.
        if line.starts_with('/') || line.contains('\r') {
            return Err(FormatError::new("text that cannot be a comment", line));
        }
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(sign);
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
    Ok(())
}
