//! The tokens of a file as one flat list, in which every bracket knows its partner.
//!
//! What lays code out has to look ahead and at both ends of things. A `TokenStream` can only be
//! walked, and gives its words one allocation at a time.

mod view;

pub(super) use view::View;

use std::fmt::{self, Write as _};

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The tokens of a file, and the text that they refer to.
#[derive(Default)]
pub(super) struct Tokens {
    text: String,
    list: Vec<Token>,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    /// From a bracket to the one that closes it.
    distance: usize,
    /// Whether this is a part of a sign, and the next token another part.
    joint: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Identifiers, keywords, lifetimes.
    Word,
    Literal,
    /// One operator or separator, such as `::`.
    Sign,
    Open(Bracket),
    Close(Bracket),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
    /// `<` and `>`: emission compares nothing.
    Angle,
}

/// Signs of more than one character.
const LONG: [&str; 14] = [
    "::", "->", "=>", "..", "&&", "||", "==", "!=", "+=", "-=", "*=", "/=", "|=", "&=",
];

impl Tokens {
    /// Flattens the tokens of a file.
    pub(super) fn new(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.add(stream);
        tokens
    }

    fn add(&mut self, stream: TokenStream) {
        let mut angles = Vec::new();
        for tree in stream {
            match tree {
                TokenTree::Ident(word) => {
                    let lifetime = self.last() == "'";
                    self.push(word, Kind::Word);
                    if lifetime {
                        self.join(Kind::Word);
                    }
                }
                TokenTree::Literal(literal) => self.push(literal, Kind::Literal),
                TokenTree::Punct(sign) => {
                    let joint = sign.spacing() == Spacing::Joint;
                    self.add_sign(sign.as_char(), joint, &mut angles);
                }
                TokenTree::Group(group) => {
                    let (bracket, stream) = (bracket(group.delimiter()), group.stream());
                    // A stream that nothing else refers to is taken apart without a copy.
                    drop(group);
                    self.add_group(bracket, stream);
                }
            }
        }
    }

    fn add_sign(&mut self, sign: char, joint: bool, angles: &mut Vec<usize>) {
        let was_joint = self.list.last().is_some_and(|last| last.joint);
        let joins = was_joint && makes_long(self.last(), sign);
        self.push_sign(sign);
        if joins {
            self.join(Kind::Sign);
        }
        if let Some(last) = self.list.last_mut() {
            last.joint = joint;
        }
        match sign {
            _ if joins => {}
            '<' if !joint => angles.push(self.list.len() - 1),
            '>' => {
                if let Some(open) = angles.pop() {
                    self.pair(open, Bracket::Angle);
                }
            }
            _ => {}
        }
    }

    fn add_group(&mut self, bracket: Option<Bracket>, stream: TokenStream) {
        let Some(bracket) = bracket else {
            return self.add(stream);
        };
        let (first, last) = match bracket {
            Bracket::Round => ('(', ')'),
            Bracket::Square => ('[', ']'),
            Bracket::Curly => ('{', '}'),
            Bracket::Angle => ('<', '>'),
        };
        let open = self.list.len();
        self.push_sign(first);
        self.add(stream);
        self.push_sign(last);
        self.pair(open, bracket);
    }

    /// Makes partners of the token at `open` and the last one.
    fn pair(&mut self, open: usize, bracket: Bracket) {
        let distance = self.list.len() - 1 - open;
        self.list[open].kind = Kind::Open(bracket);
        self.list[open].distance = distance;
        self.list[open + distance].kind = Kind::Close(bracket);
    }

    fn push(&mut self, text: impl fmt::Display, kind: Kind) {
        let start = self.text.len();
        // Writing into a string cannot fail.
        let _ = write!(self.text, "{text}");
        self.end(start, kind);
    }

    fn push_sign(&mut self, sign: char) {
        let start = self.text.len();
        self.text.push(sign);
        self.end(start, Kind::Sign);
    }

    /// The token whose text begins at `start` and has just been written.
    fn end(&mut self, start: usize, kind: Kind) {
        self.list.push(Token {
            kind,
            start,
            end: self.text.len(),
            distance: 0,
            joint: false,
        });
    }

    /// Makes the last token and the one before it one.
    fn join(&mut self, kind: Kind) {
        let end = self.text.len();
        self.list.pop();
        if let Some(last) = self.list.last_mut() {
            last.end = end;
            last.kind = kind;
            last.joint = false;
        }
    }

    fn last(&self) -> &str {
        self.list
            .last()
            .map_or("", |last| &self.text[last.start..last.end])
    }
}

fn makes_long(first: &str, second: char) -> bool {
    let is = |long: &&str| {
        long.strip_prefix(first)
            .is_some_and(|rest| rest.chars().eq([second]))
    };
    !first.is_empty() && LONG.iter().any(is)
}

fn bracket(delimiter: proc_macro2::Delimiter) -> Option<Bracket> {
    match delimiter {
        proc_macro2::Delimiter::Parenthesis => Some(Bracket::Round),
        proc_macro2::Delimiter::Bracket => Some(Bracket::Square),
        proc_macro2::Delimiter::Brace => Some(Bracket::Curly),
        proc_macro2::Delimiter::None => None,
    }
}
