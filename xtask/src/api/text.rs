//! Rust in one line, as people write it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens in one line.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let mut line = Line::default();
    line.tokens(tokens.to_token_stream());
    line.text
}

/// Marks of two characters.
const PAIRS: [&str; 4] = ["::", "->", "=>", ".."];

#[derive(Default)]
struct Line {
    text: String,
    /// Whether a word at the end wants a space before the next one.
    word: bool,
    /// Whether a space is due, whatever comes.
    space: bool,
}

impl Line {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(mark) => {
                    let mut mark = mark.as_char().to_string();
                    if let Some(TokenTree::Punct(next)) = tokens.peek() {
                        let both = format!("{mark}{next}");
                        if PAIRS.contains(&&*both) {
                            mark = both;
                            tokens.next();
                        }
                    }
                    self.mark(&mark);
                }
                TokenTree::Ident(word) => self.word(&word.to_string()),
                TokenTree::Literal(word) => self.word(&word.to_string()),
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
            }
        }
    }

    fn mark(&mut self, mark: &str) {
        match mark {
            "->" | "=" | "=>" | "+" | "|" => self.text.push_str(&format!(" {mark} ")),
            "," | ":" | ";" => self.text.push_str(&format!("{mark} ")),
            "'" | "&" | "<" if self.word && mark != "<" => self.text.push_str(&format!(" {mark}")),
            _ => self.text.push_str(mark),
        }
        self.word = false;
        self.space = mark == ">";
    }

    fn word(&mut self, word: &str) {
        if self.word || (self.space && !self.text.ends_with(' ')) {
            self.text.push(' ');
        }
        self.text.push_str(word);
        (self.word, self.space) = (true, false);
    }

    fn group(&mut self, delimiter: Delimiter, content: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => (" { ", " }"),
            Delimiter::None => ("", ""),
        };
        self.text.push_str(open);
        (self.word, self.space) = (false, false);
        self.tokens(content);
        let end = self.text.trim_end_matches([' ', ',']).len();
        self.text.truncate(end);
        self.text.push_str(close);
        (self.word, self.space) = (false, true);
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn types_are_written_as_people_write_them() {
        for line in [
            "Option<Vec<schemas::App>>",
            "std::collections::BTreeMap<String, runtime::Value>",
            "impl IntoIterator<Item = (impl Into<String>, i32)>",
            "&'static str",
            "&mut runtime::RequestOptions",
            "Box<dyn Fn(&str) -> u8 + Send>",
            "[u8; 4]",
            "()",
            "<T as Iterator>::Item",
        ] {
            let tokens: proc_macro2::TokenStream = line.parse().unwrap();
            assert_eq!(text(&tokens), line);
        }
    }

    #[test]
    fn a_comma_at_the_end_is_dropped() {
        let tokens: proc_macro2::TokenStream = "(a, b,)".parse().unwrap();
        assert_eq!(text(&tokens), "(a, b)");
    }
}
