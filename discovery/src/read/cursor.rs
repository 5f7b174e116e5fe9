//! A JSON value that knows where it is in the document.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::level::Level;
use crate::pointer::escape;
use crate::problem::quoted;
use crate::{Pointer, Problem, Problems};

/// Where Google describes the format.
const FORMAT: &str = "https://developers.google.com/discovery/v1/reference/apis";

/// The length of the longest name, in bytes. Names become identifiers, files and pages of
/// documentation; the longest one that Google has published so far has 127.
const LONGEST_NAME: usize = 200;

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
        let Value::String(text) = self.value else {
            return self.wrong_type("a string");
        };
        if let Some((message, help)) = check(&text) {
            let problem = Problem::error(self.at, message);
            self.problems.push(problem.with_help(help));
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
        let mut known = None;
        self.checked_string(|found| {
            known = all.iter().copied().find(|known| text(*known) == found);
            if known.is_some() {
                return None;
            }
            let list: Vec<_> = all
                .iter()
                .map(|value| format!("`{}`", text(*value)))
                .collect();
            let message = format!("{} is not one of the values known here", quoted(found));
            Some((message, format!("known are {}", list.join(", "))))
        });
        known
    }

    pub(crate) fn list<T>(self, mut read: impl FnMut(Cursor<'_>) -> Option<T>) -> Vec<T> {
        let Value::Array(elements) = self.value else {
            return self.wrong_type("an array").unwrap_or_default();
        };
        let mut list = Vec::new();
        for (index, value) in elements.into_iter().enumerate() {
            list.extend(read(Cursor::new(
                value,
                self.at.index(index),
                self.problems,
            )));
        }
        list
    }

    /// The members of an object whose keys are names that the document chose.
    pub(crate) fn map<T: Default>(
        self,
        mut read: impl FnMut(Cursor<'_>) -> T,
    ) -> BTreeMap<String, T> {
        let Value::Object(members) = self.value else {
            return self.wrong_type("an object").unwrap_or_default();
        };
        let mut map = BTreeMap::new();
        for (name, value) in members {
            let at = self.at.key(&name);
            let member = match too_long(&name) {
                None => read(Cursor::new(value, at, self.problems)),
                // The problems inside would all repeat the name.
                Some((message, help)) => {
                    self.problems
                        .push(Problem::error(at, message).with_help(help));
                    T::default()
                }
            };
            map.insert(name, member);
        }
        map
    }

    /// An object whose keys the format defines.
    pub(crate) fn object(self, level: Level) -> Option<Object<'a>> {
        let Value::Object(members) = self.value else {
            return self.wrong_type("an object");
        };
        let (at, problems) = (self.at, self.problems);
        Some(Object {
            level,
            members,
            at,
            problems,
        })
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
        let help = format!("the form of a document is at {FORMAT}");
        self.problems
            .push(Problem::error(self.at, message).with_help(help));
        None
    }
}

/// A message and help for a name that is longer than any that somebody would give.
pub(super) fn too_long(name: &str) -> Option<(String, String)> {
    let length = name.len();
    let message = format!(
        "{} has {length} bytes, more than {LONGEST_NAME}",
        quoted(name)
    );
    let help = "names become identifiers and files, and are repeated in documentation";
    (length > LONGEST_NAME).then(|| (message, help.to_owned()))
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
    ) -> BTreeMap<String, T>
    where
        T: Default,
    {
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
