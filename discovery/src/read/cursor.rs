//! JSON values with their place in the document.

use std::collections::BTreeMap;

use crate::json::{Members, Node, Value};
use crate::problem::quoted;
use crate::{Pointer, Problems};

/// Google's description of the format.
const FORMAT: &str = "https://developers.google.com/discovery/v1/reference/apis";

/// The length of the longest name, in bytes. Names become identifiers, files, and pages of
/// documentation; the longest one that Google has published so far has 127.
const LONGEST_NAME: usize = 200;

/// The message and the help of a problem with a string.
pub(super) type Fault = (String, String);

/// A value of the document, its pointer, and the list for its problems.
pub(super) struct Cursor<'a> {
    value: Value<'a>,
    at: Pointer<'a>,
    problems: &'a mut Problems,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(node: Node<'a>, at: Pointer<'a>, problems: &'a mut Problems) -> Self {
        Self {
            value: node.value,
            at,
            problems,
        }
    }

    pub(super) fn string(self) -> Option<String> {
        self.parsed(|text| Ok(text.to_owned()))
    }

    /// Reads a string and parses it, or reports the fault.
    pub(super) fn parsed<T>(self, parse: impl FnOnce(&str) -> Result<T, Fault>) -> Option<T> {
        let Value::String(text) = self.value else {
            return self.wrong_type("a string");
        };
        let report = |(message, help): Fault| self.problems.error(self.at, message, help);
        parse(&text).map_err(report).ok()
    }

    pub(super) fn boolean(self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => self.wrong_type("`true` or `false`"),
        }
    }

    /// Reads one of several constants by its text.
    pub(super) fn one_of<T: Clone>(self, all: &[(&str, T)]) -> Option<T> {
        self.parsed(|found| {
            let known = all.iter().find(|(text, _)| *text == found);
            known.map(|(_, value)| value.clone()).ok_or_else(|| {
                let list: Vec<_> = all.iter().map(|(text, _)| format!("`{text}`")).collect();
                let message = format!("{} is not a known value", quoted(found));
                (message, format!("the known values are {}", list.join(", ")))
            })
        })
    }

    fn list<T>(self, mut read: impl FnMut(Cursor<'_>) -> Option<T>) -> Option<Vec<T>> {
        let Value::Array(elements) = self.value else {
            return self.wrong_type("an array");
        };
        let elements = elements
            .into_iter()
            .enumerate()
            .filter_map(|(index, node)| {
                read(Cursor::new(node, self.at.index(index), self.problems))
            });
        Some(elements.collect())
    }

    /// Reads an object whose keys are names that the document chose.
    fn map<T: Default>(self, mut read: impl FnMut(Cursor<'_>) -> T) -> Option<BTreeMap<String, T>> {
        let Value::Object(members) = self.value else {
            return self.wrong_type("an object");
        };
        let members = members.into_iter().map(|(name, node)| {
            let at = self.at.key(&name);
            let member = match short_name(&name) {
                Ok(()) => read(Cursor::new(node, at, self.problems)),
                // All problems inside would repeat the name.
                Err((message, help)) => {
                    self.problems.error(at, message, help);
                    T::default()
                }
            };
            (name.into_owned(), member)
        });
        Some(members.collect())
    }

    /// Reads an object whose keys the format defines; messages call it `noun`.
    pub(super) fn object(self, noun: &'static str) -> Option<Object<'a>> {
        let Value::Object(members) = self.value else {
            return self.wrong_type("an object");
        };
        Some(Object {
            noun,
            members,
            at: self.at,
            problems: self.problems,
        })
    }

    fn wrong_type<T>(self, expected: &str) -> Option<T> {
        let message = format!("expected {expected}, found {}", self.value.noun());
        let help = format!("the format is described at {FORMAT}");
        self.problems.error(self.at, message, help);
        None
    }
}

/// Checks that a name is not too long.
pub(super) fn short_name(name: &str) -> Result<(), Fault> {
    if name.len() <= LONGEST_NAME {
        return Ok(());
    }
    let length = name.len();
    let message = format!(
        "{} has {length} bytes, more than {LONGEST_NAME}",
        quoted(name)
    );
    let help = "names become identifiers and files, and are repeated in documentation";
    Err((message, help.to_owned()))
}

/// An object whose members are taken one after the other; any left at the end are unknown.
pub(super) struct Object<'a> {
    noun: &'static str,
    members: Members<'a>,
    pub(super) at: Pointer<'a>,
    pub(super) problems: &'a mut Problems,
}

impl Object<'_> {
    pub(super) fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    pub(super) fn take<'s>(&'s mut self, key: &'s str) -> Option<Cursor<'s>> {
        let node = self.members.remove(key)?;
        Some(Cursor::new(node, self.at.key(key), self.problems))
    }

    /// Like [`take`](Self::take), and reports a problem if there is no such member.
    pub(super) fn need<'s>(&'s mut self, key: &'s str) -> Option<Cursor<'s>> {
        if !self.has(key) {
            let help = format!("every {} has it", self.noun);
            self.problems
                .error(self.at, format!("`{key}` is missing"), help);
        }
        self.take(key)
    }

    /// Reads a member that must be present.
    pub(super) fn required<T: Default>(
        &mut self,
        key: &str,
        read: impl FnOnce(Cursor<'_>) -> Option<T>,
    ) -> T {
        self.need(key).and_then(read).unwrap_or_default()
    }

    pub(super) fn optional(&mut self, key: &str) -> Option<String> {
        self.take(key)?.string()
    }

    /// Reads a string, empty if it is absent.
    pub(super) fn text(&mut self, key: &str) -> String {
        self.optional(key).unwrap_or_default()
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.take(key).and_then(Cursor::boolean).unwrap_or_default()
    }

    pub(super) fn list<T>(
        &mut self,
        key: &str,
        read: impl FnMut(Cursor<'_>) -> Option<T>,
    ) -> Vec<T> {
        let list = self.take(key).and_then(|cursor| cursor.list(read));
        list.unwrap_or_default()
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key, |cursor| cursor.string())
    }

    pub(super) fn map<T: Default>(
        &mut self,
        key: &str,
        read: impl FnMut(Cursor<'_>) -> T,
    ) -> BTreeMap<String, T> {
        let map = self.take(key).and_then(|cursor| cursor.map(read));
        map.unwrap_or_default()
    }

    /// Drops members that a client does not need, each given with the reason.
    pub(super) fn ignore(&mut self, keys: &[(&str, &str)]) {
        for (key, _) in keys {
            self.members.remove(*key);
        }
    }

    /// Warns of the members that are left.
    pub(super) fn finish(self) {
        for key in self.members.keys() {
            let message = format!("the key {} is not known in a {}", quoted(key), self.noun);
            let help = "it is ignored; check whether the API has a new feature";
            self.problems.warning(self.at.key(key), message, help);
        }
    }
}
