//! The overlay: what we know better than a published document.
//!
//! It is a JSON merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)) that is stricter
//! than the RFC: an entry that no longer applies is an error. So a correction does not outlive what
//! it corrects, and a document that moved on is noticed.

use serde_json::{Map, Value};

use crate::{Pointer, Problem, Problems, Source};

mod place;

use place::Place;

/// What an overlay has done to a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// The pointers of the values that it has set.
    set: Vec<String>,
    /// The pointers of the objects that it has taken a member from.
    thinned: Vec<String>,
}

impl Written {
    /// Whether the overlay has given the value at `pointer`, or confirmed it.
    pub(crate) fn has_set(&self, pointer: &str) -> bool {
        self.set.iter().any(|set| is_within(set, pointer))
    }

    /// Which text is to blame for a problem at `pointer`.
    pub(crate) fn source(&self, pointer: &str) -> Source {
        if self.has_set(pointer) || self.thinned.iter().any(|at| at == pointer) {
            Source::Overlay
        } else {
            Source::Document
        }
    }
}

/// Whether `pointer` leads to the value at `outer`, or into it.
fn is_within(outer: &str, pointer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Applies the overlay to the document.
pub(crate) fn apply(document: &mut Value, overlay: Value, problems: &mut Problems) -> Written {
    let mut merge = Merge {
        written: Written::default(),
        problems,
    };
    match (document, overlay) {
        (Value::Object(document), Value::Object(patch)) => {
            merge.object(document, patch, Place::Document, Pointer::ROOT);
        }
        (_, Value::Object(_)) => {} // Whoever reads the document reports what it is instead.
        _ => merge.error(Pointer::ROOT, "the overlay is not a JSON object", HELP_FORM),
    }
    merge.written
}

const HELP_FORM: &str = "it has the form of a document, with the keys that differ";
const HELP_STALE: &str = "the document has changed: remove the entry, or correct it";

struct Merge<'p> {
    written: Written,
    problems: &'p mut Problems,
}

impl Merge<'_> {
    fn object(
        &mut self,
        target: &mut Map<String, Value>,
        patch: Map<String, Value>,
        place: Place,
        at: Pointer<'_>,
    ) {
        for (key, value) in patch {
            let object = at;
            let at = object.key(&key);
            let place = place.child(&key);
            match (target.get_mut(&key), value) {
                (None, Value::Null) => {
                    self.error(at, "removes what the document does not have", HELP_STALE);
                }
                (Some(_), Value::Null) => {
                    target.remove(&key);
                    self.written.thinned.push(object.to_string());
                }
                (None, value) => {
                    if let Some(value) = self.added(value, place, at) {
                        target.insert(key, value);
                    }
                }
                (Some(present), value) => self.changed(present, value, place, at),
            }
        }
    }

    /// The value of a key that the document has with another value.
    fn changed(&mut self, present: &mut Value, value: Value, place: Place, at: Pointer<'_>) {
        match (present, value) {
            (Value::Object(present), Value::Object(patch)) if !patch.is_empty() => {
                self.object(present, patch, place, at);
            }
            (Value::Object(_), Value::Object(_)) => {
                self.error(
                    at,
                    "changes nothing",
                    "say what differs, or remove the entry",
                );
            }
            (present, value) if *present == value && place.needs_consent(&value) => {
                self.written.set.push(at.to_string());
            }
            (present, value) if *present == value => {
                self.error(at, "sets what the document already says", HELP_STALE);
            }
            (present, value) => *present = self.fresh(value, place, at),
        }
    }

    /// The value of a key that the document lacks, unless the entry presumes that it is there.
    fn added(&mut self, value: Value, place: Place, at: Pointer<'_>) -> Option<Value> {
        if let Some(entry) = place.entry().filter(|entry| !entry.is_whole(&value)) {
            let message = format!("changes a {} that the document does not have", entry.noun());
            let help = format!(
                "{HELP_STALE}; to add a whole one, give it {}",
                entry.needs()
            );
            self.error(at, &message, &help);
            return None;
        }
        Some(self.fresh(value, place, at))
    }

    /// A value as the overlay alone makes it.
    fn fresh(&mut self, value: Value, place: Place, at: Pointer<'_>) -> Value {
        self.written.set.push(at.to_string());
        match value {
            Value::Object(patch) => {
                let mut members = Map::new();
                self.object(&mut members, patch, place, at);
                Value::Object(members)
            }
            value => value,
        }
    }

    fn error(&mut self, at: Pointer<'_>, message: &str, help: &str) {
        let problem = Problem::error(at, message).with_help(help);
        self.problems.push(problem.with_source(Source::Overlay));
    }
}
