//! A JSON value that knows where it is in the document.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::level::Level;
use crate::pointer::escape;
use crate::problem::quoted;
use crate::{Pointer, Problem, Problems};

/// Where Google describes the format.
const FORMAT: &str = "https://developers.google.com/discovery/v1/reference/apis";

/// A value of the document, its place, and where its problems go.
pub(crate) struct Cursor<'a> {
    value: Value,
    at: Pointer<'a>,
    problems: &'a mut Problems,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(value: Value, at: Pointer<'a>, problems: &'a mut Problems) -> Self {
        Self {
            value,
            at,
            problems,
        }
    }

    pub(crate) fn error(self, message: impl Into<String>, help: impl Into<String>) {
        self.problems
            .push(Problem::error(self.at, message).with_help(help));
    }

    pub(crate) fn string(self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text),
            _ => self.wrong_type("a string"),
        }
    }

    /// A string, and a problem if `check` finds one: a message, and help.
    pub(crate) fn checked_string(
        self,
        check: impl FnOnce(&str) -> Option<(String, String)>,
    ) -> Option<String> {
        let Self {
            value,
            at,
            problems,
        } = self;
        let text = Cursor::new(value, at, problems).string()?;
        if let Some((message, help)) = check(&text) {
            problems.push(Problem::error(at, message).with_help(help));
        }
        Some(text)
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => self.wrong_type("`true` or `false`"),
        }
    }

    /// One of several constants, by the text that stands for it.
    pub(crate) fn one_of<T: Copy>(self, all: &[T], text: fn(T) -> &'static str) -> Option<T> {
        let found = match &self.value {
            Value::String(found) => found,
            _ => return self.wrong_type("a string"),
        };
        let known = all.iter().copied().find(|known| text(*known) == found);
        if known.is_none() {
            let message = format!("{} is not one of the values known here", quoted(found));
            let list: Vec<_> = all
                .iter()
                .map(|known| format!("`{}`", text(*known)))
                .collect();
            self.error(message, format!("known are {}", list.join(", ")));
        }
        known
    }

    pub(crate) fn list<T>(self, mut read: impl FnMut(Cursor<'_>) -> Option<T>) -> Vec<T> {
        let Self {
            value,
            at,
            problems,
        } = self;
        let Value::Array(elements) = value else {
            Self {
                value,
                at,
                problems,
            }
            .wrong_type::<()>("an array");
            return Vec::new();
        };
        let cursors = elements.into_iter().enumerate();
        cursors
            .filter_map(|(index, value)| read(Cursor::new(value, at.index(index), problems)))
            .collect()
    }

    /// The members of an object whose keys are names that the document chose.
    pub(crate) fn map<T>(self, mut read: impl FnMut(Cursor<'_>) -> T) -> BTreeMap<String, T> {
        let Self {
            value,
            at,
            problems,
        } = self;
        let Value::Object(members) = value else {
            Self {
                value,
                at,
                problems,
            }
            .wrong_type::<()>("an object");
            return BTreeMap::new();
        };
        let mut all = BTreeMap::new();
        for (name, value) in members {
            let member = read(Cursor::new(value, at.key(&name), problems));
            all.insert(name, member);
        }
        all
    }

    /// An object whose keys the format defines.
    pub(crate) fn object(self, level: Level) -> Option<Object<'a>> {
        let Self {
            value,
            at,
            problems,
        } = self;
        match value {
            Value::Object(members) => Some(Object {
                level,
                members,
                at,
                problems,
            }),
            _ => Self {
                value,
                at,
                problems,
            }
            .wrong_type("an object"),
        }
    }

    fn wrong_type<T>(self, expected: &str) -> Option<T> {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        let message = format!("expected {expected}, found {found}");
        self.error(message, format!("the form of a document is at {FORMAT}"));
        None
    }
}

/// An object whose members are taken one after the other; what is left at the end is unknown.
pub(crate) struct Object<'a> {
    level: Level,
    members: Map<String, Value>,
    at: Pointer<'a>,
    problems: &'a mut Problems,
}

impl Object<'_> {
    pub(crate) fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    pub(crate) fn take<'s>(&'s mut self, key: &'s str) -> Option<Cursor<'s>> {
        let value = self.members.remove(key)?;
        Some(Cursor::new(value, self.at.key(key), self.problems))
    }

    /// Like [`take`](Self::take), and a problem if there is no such member.
    pub(crate) fn need<'s>(&'s mut self, key: &'s str) -> Option<Cursor<'s>> {
        if !self.has(key) {
            let noun = self.level.noun();
            self.error(
                &format!("`{key}` is missing"),
                &format!("every {noun} has it"),
            );
        }
        self.take(key)
    }

    pub(crate) fn optional(&mut self, key: &str) -> Option<String> {
        self.take(key)?.string()
    }

    /// A text, empty if it is absent.
    pub(crate) fn text(&mut self, key: &str) -> String {
        self.optional(key).unwrap_or_default()
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, key: &str) -> String {
        self.need(key).and_then(Cursor::string).unwrap_or_default()
    }

    pub(crate) fn flag(&mut self, key: &str) -> bool {
        self.take(key).and_then(Cursor::boolean).unwrap_or_default()
    }

    pub(crate) fn list<T>(
        &mut self,
        key: &str,
        read: impl FnMut(Cursor<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.take(key)
            .map(|cursor| cursor.list(read))
            .unwrap_or_default()
    }

    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key, |cursor| cursor.string())
    }

    pub(crate) fn map<T>(
        &mut self,
        key: &str,
        read: impl FnMut(Cursor<'_>) -> T,
    ) -> BTreeMap<String, T> {
        self.take(key)
            .map(|cursor| cursor.map(read))
            .unwrap_or_default()
    }

    /// A problem of the object as a whole.
    pub(crate) fn error(&mut self, message: &str, help: &str) {
        self.problems
            .push(Problem::error(self.at, message).with_help(help));
    }

    /// The pointer of what is at `path` within the object.
    pub(crate) fn place(&self, path: &[&str]) -> String {
        let tokens = path.iter().map(|token| format!("/{}", escape(token)));
        std::iter::once(self.at.to_string()).chain(tokens).collect()
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Warns of the members that nobody took and that are not known to say nothing.
    pub(crate) fn finish(self) {
        for key in self.members.keys() {
            if self.level.ignores(key) {
                continue;
            }
            let message = format!(
                "the key {} is not known in a {}",
                quoted(key),
                self.level.noun()
            );
            let help = "nothing is made of it; see whether the API has grown something new";
            self.problems
                .push(Problem::warning(self.at.key(key), message).with_help(help));
        }
    }
}
