//! Overlays: corrections of published documents.
//!
//! It is a JSON merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)) that is stricter
//! than the RFC: an entry that no longer applies is an error. So no correction outlives the mistake,
//! and changes of the document come to light.

use crate::json::{Members, Node, Value};
use crate::{Pointer, Problem, Problems, Source};

mod node_kind;

use node_kind::NodeKind;

/// The changes that an overlay made to a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// The pointers of the values that it has set.
    set: Vec<String>,
    /// The pointers of the objects that it has removed a member from.
    thinned: Vec<String>,
}

impl Written {
    /// Returns whether the overlay has set the value at `pointer`, or confirmed it.
    pub(crate) fn has_set(&self, pointer: &str) -> bool {
        self.set.iter().any(|set| is_within(set, pointer))
    }

    /// Returns the text that a problem at `pointer` is in.
    pub(crate) fn source(&self, pointer: &str) -> Source {
        if self.has_set(pointer) || self.thinned.iter().any(|at| at == pointer) {
            Source::Overlay
        } else {
            Source::Document
        }
    }
}

/// Returns whether `pointer` leads to the value at `outer`, or into it.
fn is_within(outer: &str, pointer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Applies the overlay to the document.
pub(crate) fn apply<'t>(root: &mut Node<'t>, patch: Node<'t>, problems: &mut Problems) -> Written {
    let mut merge = Merge {
        written: Written::default(),
        problems,
    };
    match (&mut root.value, patch.value) {
        (Value::Object(root), Value::Object(patch)) => {
            merge.object(root, patch, NodeKind::Document, Pointer::ROOT);
        }
        (_, Value::Object(_)) => {} // The reader of the document reports it.
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
    fn object<'t>(
        &mut self,
        target: &mut Members<'t>,
        patch: Members<'t>,
        kind: NodeKind,
        at: Pointer<'_>,
    ) {
        for (key, node) in patch {
            let object = at;
            let at = object.key(&key);
            let kind = kind.child(&key);
            match (target.get_mut(&key), node) {
                (None, node) if node.value == Value::Null => {
                    self.error(at, "removes what the document does not have", HELP_STALE);
                }
                (Some(_), node) if node.value == Value::Null => {
                    target.remove(&key);
                    self.written.thinned.push(object.to_string());
                }
                (None, node) => {
                    if let Some(node) = self.added(node, kind, at) {
                        target.insert(key, node);
                    }
                }
                (Some(present), node) => self.changed(present, node, kind, at),
            }
        }
    }

    /// Changes the value of a key that the document has.
    fn changed<'t>(
        &mut self,
        present: &mut Node<'t>,
        node: Node<'t>,
        kind: NodeKind,
        at: Pointer<'_>,
    ) {
        match (&mut present.value, node.value) {
            (Value::Object(present), Value::Object(patch)) if !patch.is_empty() => {
                self.object(present, patch, kind, at);
            }
            (Value::Object(_), Value::Object(_)) => {
                let help = "add the differing values, or remove the entry";
                self.error(at, "changes nothing", help);
            }
            (present, value) if *present == value => {
                let node = Node { value, ..node };
                if kind.needs_consent(&node) {
                    self.written.set.push(at.to_string());
                } else {
                    let message = "sets the value that the document has already";
                    self.error(at, message, HELP_STALE);
                }
            }
            (_, value) => *present = self.fresh(Node { value, ..node }, kind, at),
        }
    }

    /// Returns the value of a key that the document lacks, unless the entry presumes that it is there.
    fn added<'t>(&mut self, node: Node<'t>, kind: NodeKind, at: Pointer<'_>) -> Option<Node<'t>> {
        if let Some(entry) = kind.entry().filter(|entry| !entry.is_complete(&node)) {
            let message = format!("changes a {} that the document does not have", entry.noun());
            let help = format!(
                "{HELP_STALE}; to add a complete one, give it {}",
                entry.needs()
            );
            self.error(at, &message, &help);
            return None;
        }
        Some(self.fresh(node, kind, at))
    }

    /// Returns a value that comes from the overlay alone.
    fn fresh<'t>(&mut self, node: Node<'t>, kind: NodeKind, at: Pointer<'_>) -> Node<'t> {
        self.written.set.push(at.to_string());
        let value = match node.value {
            Value::Object(patch) => {
                let mut members = Members::new();
                self.object(&mut members, patch, kind, at);
                Value::Object(members)
            }
            value => value,
        };
        Node { value, ..node }
    }

    fn error(&mut self, at: Pointer<'_>, message: &str, help: &str) {
        let problem = Problem::error(at, message).with_help(help);
        self.problems.push(problem.with_source(Source::Overlay));
    }
}
