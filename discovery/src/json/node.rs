//! JSON values with their places in a text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::pointer::unescape;

/// A value and the bytes of the text that it spans. Nodes are equal if their values are.
#[derive(Clone, Debug)]
pub(crate) struct Node<'t> {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value<'t>,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    /// A number as written; no number in a document is read.
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Members<'t>),
}

/// The members of an object. The last of several with the same name is kept.
pub(crate) type Members<'t> = BTreeMap<Cow<'t, str>, Node<'t>>;

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<'t> Node<'t> {
    /// Returns the member `key`, if the node is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Object(members) => members.get(key),
            _ => None,
        }
    }

    /// Returns the node that an RFC 6901 JSON pointer leads to.
    pub(crate) fn find(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut tokens = pointer.strip_prefix('/')?.split('/');
        tokens.try_fold(self, |node, token| match &node.value {
            Value::Array(elements) => elements.get(index(token)?),
            _ => node.get(&unescape(token)),
        })
    }
}

impl Value<'_> {
    /// Returns the type of the value, with its article.
    pub(crate) const fn noun(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Parses an index: digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let index: usize = token.parse().ok()?;
    (index.to_string() == token).then_some(index)
}
