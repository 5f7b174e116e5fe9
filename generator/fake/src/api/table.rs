//! The table of methods by verb and path.

use std::collections::HashMap;

use discovery::Method;

use super::pattern::{Captures, PathPattern, decode};

/// The purpose of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    Plain,
    /// Below `/upload`.
    Upload,
    /// Below `/download`.
    Download,
}

/// A path of a method.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The index of the method.
    pub(crate) method: usize,
    pub(crate) via: Via,
    pattern: PathPattern,
    verb: &'static str,
}

impl Entry {
    pub(crate) fn new(index: usize, via: Via, pattern: PathPattern, method: &Method) -> Self {
        Self {
            method: index,
            via,
            pattern,
            verb: method.http_method.as_str(),
        }
    }
}

/// Entries with the same verbs and the same number of segments, the most specific first.
type Entries = HashMap<Key, Vec<Entry>>;

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    verb: String,
    custom_verb: Option<String>,
    /// None for paths of any length.
    length: Option<usize>,
}

/// All paths of an API.
#[derive(Debug, Default)]
pub(crate) struct Table(Entries);

impl Table {
    pub(crate) fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut table = Entries::new();
        for entry in entries {
            let key = Key {
                verb: entry.verb.to_owned(),
                custom_verb: entry.pattern.verb.clone(),
                length: entry.pattern.length(),
            };
            table.entry(key).or_default().push(entry);
        }
        for entries in table.values_mut() {
            entries.sort_by(|one, other| one.pattern.by_specificity(&other.pattern));
        }
        Self(table)
    }

    /// Returns the most specific entry that matches, with its captures.
    pub(crate) fn find(&self, verb: &str, path: &str) -> Option<(&Entry, Captures)> {
        let mut segments: Vec<&str> = path.split('/').collect();
        let last = segments.last().copied().unwrap_or_default();
        if let Some((rest, custom_verb)) = last.rsplit_once(':') {
            *segments.last_mut()? = rest;
            let custom_verb = decode(custom_verb);
            if let Some(found) = self.find_with_verb(verb, Some(custom_verb), &segments) {
                return Some(found);
            }
            *segments.last_mut()? = last;
        }
        self.find_with_verb(verb, None, &segments)
    }

    fn find_with_verb(
        &self,
        verb: &str,
        custom_verb: Option<String>,
        segments: &[&str],
    ) -> Option<(&Entry, Captures)> {
        let mut key = Key {
            verb: verb.to_owned(),
            custom_verb,
            length: Some(segments.len()),
        };
        let fixed = self.first(&key, segments);
        key.length = None;
        let any = self.first(&key, segments);
        let found = fixed.into_iter().chain(any);
        found.min_by(|(one, _), (other, _)| one.pattern.by_specificity(&other.pattern))
    }

    fn first(&self, key: &Key, segments: &[&str]) -> Option<(&Entry, Captures)> {
        let mut entries = self.0.get(key)?.iter();
        entries.find_map(|entry| Some((entry, entry.pattern.matches(segments)?)))
    }
}
