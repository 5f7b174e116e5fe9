//! Documentation comments, which bypass syn and prettyplease: they are two fifths of what is
//! printed, and need no layout but the indentation of their item.
//!
//! A marker takes the place of each comment before parsing, and is replaced after printing. Markers
//! need no numbers, because printing keeps the order of attributes.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use syn::Lit;

use super::FormatError;

/// The texts of the comments of a file, in order; lines are separated by newlines.
#[derive(Default)]
pub(super) struct Comments {
    texts: Vec<String>,
}

impl Comments {
    /// Replaces all documentation by markers, and dissolves invisible groups, around which
    /// prettyplease would lay out code differently.
    pub(super) fn take(tokens: TokenStream) -> (TokenStream, Self) {
        let mut comments = Self::default();
        let mut marked = Vec::new();
        comments.mark(tokens, &mut marked);
        (marked.into_iter().collect(), comments)
    }

    fn mark(&mut self, tokens: TokenStream, marked: &mut Vec<TokenTree>) {
        for token in tokens {
            let TokenTree::Group(group) = token else {
                marked.push(token);
                continue;
            };
            let (delimiter, inner) = (group.delimiter(), group.stream());
            // Only a stream without other owners is iterated without a copy.
            drop(group);
            if delimiter == Delimiter::None {
                self.mark(inner, marked);
                continue;
            }
            let mut content = Vec::new();
            self.mark(inner, &mut content);
            if let (Delimiter::Bracket, [TokenTree::Ident(name), _, text]) =
                (delimiter, content.as_mut_slice())
                && name == "doc"
            {
                self.replace(text);
            }
            marked.push(Group::new(delimiter, content.into_iter().collect()).into());
        }
    }

    /// Replaces the text of `doc = "text"` by the marker, an empty text.
    fn replace(&mut self, text: &mut TokenTree) {
        if let TokenTree::Literal(literal) = text
            && let Lit::Str(string) = Lit::new(literal.clone())
        {
            self.texts.push(string.value());
            *literal = Literal::string("");
        }
    }

    /// Appends the printed file to `text`, with comments in place of their markers, and a blank line
    /// between those of the file itself and attributes.
    ///
    /// # Errors
    ///
    /// Fails if a text cannot be a comment, or if markers and texts do not match.
    pub(super) fn put_back(self, printed: &str, text: &mut String) -> Result<(), FormatError> {
        let mut texts = self.texts.iter();
        let mut follows_docs = false;
        for line in printed.split_inclusive('\n') {
            let content = line.trim_start_matches(' ');
            let sign = content.trim_end();
            if matches!(sign, "///" | "//!") {
                let comment = texts.next().ok_or_else(|| mismatch(content))?;
                let indent = &line[..line.len() - content.len()];
                push_lines(comment, indent, sign, text)?;
            } else {
                if follows_docs && content.starts_with("#![") {
                    text.push('\n');
                }
                text.push_str(line);
            }
            follows_docs = sign == "//!";
        }
        texts.next().map_or(Ok(()), |left| Err(mismatch(left)))
    }
}

fn mismatch(context: &str) -> FormatError {
    FormatError::new("documentation that is not that of an item", context)
}

/// Appends the lines of a comment.
fn push_lines(
    comment: &str,
    indent: &str,
    sign: &str,
    text: &mut String,
) -> Result<(), FormatError> {
    for line in comment.split('\n') {
        // `////` is not documentation, and a carriage return is an error to rustc.
        if line.starts_with('/') || line.contains('\r') {
            return Err(FormatError::new("text that cannot be a comment", line));
        }
        for part in [indent, sign, line.trim_end_matches(' '), "\n"] {
            text.push_str(part);
        }
    }
    Ok(())
}
