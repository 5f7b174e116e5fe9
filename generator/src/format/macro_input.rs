//! The input of macros in braces, which prettyplease would wrap like prose: one line for each
//! element of a list.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Returns the lines of a macro's input: `Name { element, … }`.
pub(super) fn lines(tokens: TokenStream) -> String {
    let mut text = String::new();
    push_lines(tokens, "\n", &mut text);
    text
}

/// Appends tokens, with `newline` behind each comma and within braces.
fn push_lines(tokens: TokenStream, newline: &str, text: &mut String) {
    let mut layout = Layout::default();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                text.push_str(" {");
                if !group.stream().is_empty() {
                    let inner = format!("{newline}    ");
                    text.push_str(&inner);
                    push_lines(group.stream(), &inner, text);
                    text.push_str(newline);
                }
                text.push('}');
            }
            TokenTree::Punct(sign) if sign.as_char() == ',' => {
                text.push(',');
                if tokens.peek().is_some() {
                    text.push_str(newline);
                }
                layout = Layout::default();
            }
            token => layout.push(token, text),
        }
    }
}

/// Separates tokens on one line.
#[derive(Default)]
struct Layout {
    /// A word that follows has a space in front.
    spaced: bool,
}

impl Layout {
    fn push(&mut self, token: TokenTree, text: &mut String) {
        match token {
            TokenTree::Group(group) => self.push_group(group.delimiter(), group.stream(), text),
            TokenTree::Punct(sign) => self.push_sign(sign.as_char(), sign.spacing(), text),
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                if self.spaced {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
                self.spaced = true;
            }
        }
    }

    fn push_group(&mut self, delimiter: Delimiter, content: TokenStream, text: &mut String) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => return content.into_iter().for_each(|token| self.push(token, text)),
        };
        text.push_str(open);
        let mut inner = Self::default();
        for token in content {
            inner.push(token, text);
        }
        text.push_str(close);
        self.spaced = true;
    }

    fn push_sign(&mut self, sign: char, spacing: Spacing, text: &mut String) {
        match (sign, spacing) {
            ('=', Spacing::Alone) => text.push_str(" ="),
            _ => text.push(sign),
        }
        self.spaced = matches!(sign, '=' | ',');
    }
}
