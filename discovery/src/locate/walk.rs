//! One walk through a JSON text, from value to wanted value. What nobody looks for is passed over.

use super::wanted::{Id, Wanted};

/// A place in a text that is known to be JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)).
pub(super) struct Walk<'t> {
    text: &'t str,
    at: usize,
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
            text,
            at: 0,
            open: Vec::new(),
        }
    }

    /// Finds all that is wanted.
    pub(super) fn run(mut self, wanted: &mut Wanted) {
        self.space();
        self.value(Some(Wanted::ROOT), wanted);
        while let Some(open) = self.open.last() {
            let node = open.node;
            self.space();
            match self.peek() {
                Some(b'}' | b']') => {
                    self.at += 1;
                    self.open.pop();
                    wanted.end(node, self.at);
                }
                Some(b',') => self.at += 1,
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
        let start = self.at;
        self.string();
        let name = self.text.get(start..self.at);
        self.space();
        self.at += 1; // The colon.
        self.space();
        serde_json::from_str(name?).ok()
    }

    /// Walks into a value if something inside of it is looked for, and else past it.
    fn value(&mut self, node: Option<Id>, wanted: &mut Wanted) {
        let Some(node) = node else {
            return self.skip();
        };
        wanted.begin(node, self.at);
        let next = match self.peek() {
            Some(b'{') => None,
            Some(b'[') => Some(0),
            _ => {
                self.skip();
                return wanted.end(node, self.at);
            }
        };
        if wanted.looks_inside(node) {
            self.at += 1;
            self.open.push(Open { node, next });
        } else {
            self.skip();
            wanted.end(node, self.at);
        }
    }

    fn skip(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                Some(b'"') => self.string(),
                Some(b',' | b':' | b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(_) => self.pass(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)),
                None => return,
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.at += 1;
        loop {
            self.pass(|byte| !matches!(byte, b'"' | b'\\'));
            match self.peek() {
                Some(b'\\') => self.at += 2,
                _ => {
                    self.at += 1;
                    return;
                }
            }
        }
    }

    fn space(&mut self) {
        self.pass(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn pass(&mut self, fits: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !fits(*byte));
        self.at += length.unwrap_or(rest.len());
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
