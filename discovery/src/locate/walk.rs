//! One walk through a JSON text, from value to wanted value. What nobody looks for is passed over.

use super::wanted::{Id, Wanted};
use crate::tokens::Tokens;

/// A place in a text that is known to be JSON.
pub(super) struct Walk<'t> {
    tokens: Tokens<'t>,
    /// The objects and arrays around the place, from the outside in.
    open: Vec<Open>,
}

/// An object or an array that something is looked for in.
struct Open {
    node: Id,
    /// The index of the next element of an array.
    next: Option<usize>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            tokens: Tokens::new(text),
            open: Vec::new(),
        }
    }

    /// Finds all that is wanted.
    pub(super) fn run(mut self, wanted: &mut Wanted) {
        self.value(Some(Wanted::ROOT), wanted);
        while let Some(open) = self.open.last() {
            let node = open.node;
            match self.tokens.next_mark() {
                Some(b'}' | b']') => {
                    self.tokens.step();
                    self.open.pop();
                    wanted.end(node, self.tokens.at());
                }
                Some(b',') => self.tokens.step(),
                Some(_) => {
                    let child = self.name().and_then(|name| wanted.child(node, &name));
                    self.value(child, wanted);
                }
                None => return,
            }
        }
    }

    /// The name of the member or the index of the element that comes next; then its value does.
    fn name(&mut self) -> Option<String> {
        if let Some(next) = self.open.last_mut()?.next.as_mut() {
            let index = next.to_string();
            *next += 1;
            return Some(index);
        }
        let start = self.tokens.at();
        self.tokens.string();
        serde_json::from_str(self.tokens.text_since(start)).ok()
    }

    /// Walks into a value if something inside of it is looked for, and else past it.
    fn value(&mut self, node: Option<Id>, wanted: &mut Wanted) {
        let first = self.tokens.next_mark();
        let Some(node) = node else {
            return self.tokens.value();
        };
        wanted.begin(node, self.tokens.at());
        let next = match first {
            Some(b'{') => Some(None),
            Some(b'[') => Some(Some(0)),
            _ => None,
        };
        match next.filter(|_| wanted.looks_inside(node)) {
            Some(next) => {
                self.tokens.step();
                self.open.push(Open { node, next });
            }
            None => {
                self.tokens.value();
                wanted.end(node, self.tokens.at());
            }
        }
    }
}
