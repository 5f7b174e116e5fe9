//! The tokens of a file as one flat list, in which every bracket knows its partner.
//!
//! What lays code out has to look ahead and at both ends of things. A `TokenStream` can only be
//! walked, and gives its words one allocation at a time.

use std::fmt::{self, Write as _};
use std::ops::Range;

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

    pub(super) fn view(&self) -> View<'_> {
        View {
            text: &self.text,
            list: &self.list,
        }
    }

    fn add(&mut self, stream: TokenStream) {
        let mut angles = Vec::new();
        // Whether the token before is a sign that belongs together with the next one.
        let mut joint = false;
        for tree in stream {
            let was_joint = std::mem::take(&mut joint);
            match tree {
                TokenTree::Ident(word) => {
                    let lifetime = was_joint && self.last() == "'";
                    self.push(word, Kind::Word);
                    if lifetime {
                        self.join(Kind::Word);
                    }
                }
                TokenTree::Literal(literal) => self.push(literal, Kind::Literal),
                TokenTree::Punct(sign) => {
                    joint = sign.spacing() == Spacing::Joint;
                    self.add_sign(sign.as_char(), was_joint, &mut angles);
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
        let joins = joint && makes_long(self.last(), sign);
        self.push_sign(sign);
        match sign {
            _ if joins => self.join(Kind::Sign),
            '<' => angles.push(self.list.len() - 1),
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
        });
    }

    /// Makes the last token and the one before it one.
    fn join(&mut self, kind: Kind) {
        let end = self.text.len();
        self.list.pop();
        if let Some(last) = self.list.last_mut() {
            last.end = end;
            last.kind = kind;
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

/// Some tokens in a row, with both brackets of a pair or none.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    text: &'a str,
    list: &'a [Token],
}

impl<'a> View<'a> {
    pub(super) fn is_empty(self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn len(self) -> usize {
        self.list.len()
    }

    pub(super) fn kind(self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|token| token.kind)
    }

    /// The text of a token; nothing behind the last one.
    pub(super) fn word(self, at: usize) -> &'a str {
        let token = self.list.get(at);
        token.map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether a word or a sign is at this place.
    pub(super) fn is(self, at: usize, text: &str) -> bool {
        self.word(at) == text
    }

    pub(super) fn opens(self, at: usize, bracket: Bracket) -> bool {
        self.kind(at) == Some(Kind::Open(bracket))
    }

    /// Whether any bracket opens here.
    pub(super) fn opens_any(self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Open(_)))
    }

    /// Where the group that begins at `open` ends; any other token is a group of one.
    pub(super) fn close(self, open: usize) -> usize {
        open + self.list.get(open).map_or(0, |token| token.distance)
    }

    /// What is within the group that begins at `open`.
    pub(super) fn within(self, open: usize) -> Self {
        self.slice(open + 1..self.close(open))
    }

    pub(super) fn slice(self, range: Range<usize>) -> Self {
        Self {
            text: self.text,
            list: self.list.get(range).unwrap_or_default(),
        }
    }

    pub(super) fn before(self, end: usize) -> Self {
        self.slice(0..end)
    }

    pub(super) fn from(self, start: usize) -> Self {
        self.slice(start..self.len())
    }

    /// The places of all tokens that are in no group, and of the brackets that begin one.
    pub(super) fn places(self) -> impl Iterator<Item = usize> + use<'a> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let here = at;
            at = self.close(here) + 1;
            (here < self.len()).then_some(here)
        })
    }

    /// The first place of a word or sign in no group.
    pub(super) fn find(self, text: &str) -> Option<usize> {
        self.places().find(|at| self.is(*at, text))
    }

    /// What commas separate, without what follows the last one if that is nothing.
    pub(super) fn elements(self) -> impl Iterator<Item = Self> {
        let mut rest = self;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(",").unwrap_or(rest.len());
            let element = rest.before(end);
            rest = rest.from((end + 1).min(rest.len()));
            Some(element)
        })
    }
}

/// The text of the tokens, which can be read as tokens again.
impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for at in 0..self.len() {
            f.write_str(if at > 0 { " " } else { "" })?;
            f.write_str(self.word(at))?;
        }
        Ok(())
    }
}
