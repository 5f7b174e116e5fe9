//! Some of the tokens of a file, to be looked at from both ends.

use std::fmt;
use std::ops::Range;

use super::{Bracket, Kind, Token, Tokens};

/// Some tokens in a row, with both brackets of a pair or none.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    text: &'a str,
    list: &'a [Token],
}

impl Tokens {
    /// All of them.
    pub(crate) fn view(&self) -> View<'_> {
        View {
            text: &self.text,
            list: &self.list,
        }
    }
}

impl<'a> View<'a> {
    pub(crate) fn is_empty(self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn len(self) -> usize {
        self.list.len()
    }

    pub(crate) fn kind(self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|token| token.kind)
    }

    /// The text of a token; nothing behind the last one.
    pub(crate) fn word(self, at: usize) -> &'a str {
        let token = self.list.get(at);
        token.map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether a word or a sign is at this place.
    pub(crate) fn is(self, at: usize, text: &str) -> bool {
        self.word(at) == text
    }

    pub(crate) fn opens(self, at: usize, bracket: Bracket) -> bool {
        self.kind(at) == Some(Kind::Open(bracket))
    }

    /// Whether any bracket opens here.
    pub(crate) fn opens_any(self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Open(_)))
    }

    /// Where the group that begins at `open` ends; any other token is a group of one.
    pub(crate) fn close(self, open: usize) -> usize {
        open + self.list.get(open).map_or(0, |token| token.distance)
    }

    /// What is within the group that begins at `open`.
    pub(crate) fn within(self, open: usize) -> Self {
        self.slice(open + 1..self.close(open))
    }

    pub(crate) fn slice(self, range: Range<usize>) -> Self {
        Self {
            text: self.text,
            list: self.list.get(range).unwrap_or_default(),
        }
    }

    pub(crate) fn before(self, end: usize) -> Self {
        self.slice(0..end)
    }

    pub(crate) fn from(self, start: usize) -> Self {
        self.slice(start..self.len())
    }

    /// The places of all tokens that are in no group, and of the brackets that begin one.
    pub(crate) fn places(self) -> impl Iterator<Item = usize> + use<'a> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let here = at;
            at = self.close(here) + 1;
            (here < self.len()).then_some(here)
        })
    }

    /// The first place of a word or sign in no group.
    pub(crate) fn find(self, text: &str) -> Option<usize> {
        self.places().find(|at| self.is(*at, text))
    }

    /// What commas separate, without what follows the last one if that is nothing.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
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
        for (at, token) in self.list.iter().enumerate() {
            let space = if token.joint { "" } else { " " };
            f.write_str(self.word(at))?;
            f.write_str(if at + 1 < self.len() { space } else { "" })?;
        }
        Ok(())
    }
}
