//! What an item is: where it ends, and what its parts are.

use super::attributes;
use super::items::Container;
use super::tokens::{Bracket, Kind, View};

/// An item of a file or module, or a member of another one.
pub(super) struct Item<'a> {
    pub(super) whole: View<'a>,
    pub(super) attributes: View<'a>,
    /// Without its attributes, and without the semicolon at its end.
    pub(super) head: View<'a>,
    /// What is within its braces.
    pub(super) body: Option<View<'a>>,
    pub(super) keyword: &'a str,
}

/// Neighbours of one group stand without a blank line between them.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Group {
    Import,
    ReExport,
    Module,
    Constant,
    Type,
    /// Fields and variants.
    Member,
    /// Stands alone.
    None,
}

/// How many tokens the first item has.
pub(super) fn length(tokens: View<'_>, container: Container) -> usize {
    if container.has_elements() {
        return tokens.find(",").unwrap_or(tokens.len());
    }
    let start = attributes_length(tokens);
    let ends_with_block = !matches!(
        keyword(tokens.from(start)),
        "const" | "static" | "type" | "use"
    );
    let end = tokens
        .from(start)
        .places()
        .map(|at| start + at)
        .find(|at| tokens.is(*at, ";") || ends_with_block && tokens.opens(*at, Bracket::Curly));
    end.map_or(tokens.len(), |end| tokens.close(end) + 1)
}

fn attributes_length(tokens: View<'_>) -> usize {
    let mut start = 0;
    while let Some(length) = attributes::length(tokens.from(start), false) {
        start += length;
    }
    start
}

/// What sort of item this is: the first word that is no modifier.
fn keyword(tokens: View<'_>) -> &str {
    let mut words = tokens
        .places()
        .filter(|at| tokens.kind(*at) == Some(Kind::Word));
    let is_keyword = |at: &usize| !matches!(tokens.word(*at), "pub" | "async" | "unsafe");
    words.find(is_keyword).map_or("", |at| tokens.word(at))
}

impl<'a> Item<'a> {
    /// The item that the tokens are.
    pub(super) fn new(tokens: View<'a>, container: Container) -> Self {
        let start = attributes_length(tokens);
        let (attributes, head) = (tokens.before(start), tokens.from(start));
        let last = head.places().last().unwrap_or_default();
        if container.has_elements() {
            return Self {
                whole: tokens,
                attributes,
                head,
                body: None,
                keyword: "",
            };
        }
        let has_body = head.opens(last, Bracket::Curly);
        let has_end = has_body || head.is(last, ";");
        Self {
            whole: tokens,
            attributes,
            head: if has_end { head.before(last) } else { head },
            body: has_body.then(|| head.within(last)),
            keyword: keyword(head),
        }
    }

    pub(super) fn group(&self, container: Container) -> Group {
        if container.has_elements() {
            return Group::Member;
        }
        // An item with documentation or attributes is tall enough to stand alone.
        if !self.attributes.is_empty() {
            return Group::None;
        }
        match self.keyword {
            "use" if self.head.is(0, "pub") => Group::ReExport,
            "use" => Group::Import,
            "mod" if self.body.is_none() => Group::Module,
            "const" | "static" => Group::Constant,
            "type" => Group::Type,
            _ => Group::None,
        }
    }
}
