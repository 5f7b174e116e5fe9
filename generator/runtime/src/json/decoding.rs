//! State of one decoding: the place of an error, and the memory that is left.

use std::cell::Cell;
use std::fmt;

use serde::de;

use crate::error::excerpt::Excerpt;

thread_local! {
    /// The memory that decodings started on this thread may take, in bytes.
    static MEMORY: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Runs a decoding whose lists, maps and messages take at most this many bytes.
pub(crate) fn with_memory_limit<T>(bytes: usize, decode: impl FnOnce() -> T) -> T {
    struct Restore(usize);
    impl Drop for Restore {
        fn drop(&mut self) {
            MEMORY.set(self.0);
        }
    }
    let _restore = Restore(MEMORY.replace(bytes));
    decode()
}

/// Collects the path of a field while an error leaves the values around it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Decoding {
    /// From the innermost value outwards.
    path: Vec<Segment>,
    memory: usize,
}

#[derive(Debug)]
enum Segment {
    Name(String),
    Index(usize),
}

impl Decoding {
    pub(super) fn new() -> Self {
        Self {
            path: Vec::new(),
            memory: MEMORY.get(),
        }
    }

    /// Records that an error left the field or the entry of this name.
    pub(super) fn left_field(&mut self, name: &str) {
        self.path.push(Segment::Name(Excerpt(name).to_string()));
    }

    /// Records that an error left the element at this index.
    pub(super) fn left_element(&mut self, index: usize) {
        self.path.push(Segment::Index(index));
    }

    /// Takes these bytes from the memory that is left.
    pub(super) fn spend<E: de::Error>(&mut self, bytes: usize) -> Result<(), E> {
        match self.memory.checked_sub(bytes) {
            Some(memory) => self.memory = memory,
            None => {
                return Err(E::custom(
                    "its values take too much memory; `with_max_response_size` sets the limit",
                ));
            }
        }
        Ok(())
    }

    /// Returns the error with the path of its field in front.
    pub(super) fn locate<E: de::Error>(&self, error: E) -> E {
        if self.path.is_empty() {
            return error;
        }
        let text = error.to_string();
        E::custom(format_args!("{}: {}", Path(&self.path), Excerpt(&text)))
    }
}

struct Path<'a>(&'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.0.iter().rev().enumerate() {
            match segment {
                Segment::Name(name) if depth == 0 => f.write_str(name)?,
                Segment::Name(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
