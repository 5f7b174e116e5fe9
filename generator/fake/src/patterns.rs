//! Regular expressions of documents, each compiled once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex_lite::Regex;

/// The compiled expressions; none for one that does not compile.
type Compiled = HashMap<String, Option<Arc<Regex>>>;

/// A cache of regular expressions.
#[derive(Debug, Default)]
pub(crate) struct Patterns(Mutex<Compiled>);

impl Patterns {
    /// Returns whether all of a value matches. An expression that does not compile matches everything.
    pub(crate) fn matches(&self, pattern: &str, value: &str) -> bool {
        self.compiled(pattern)
            .is_none_or(|regex| regex.is_match(value))
    }

    fn compiled(&self, pattern: &str) -> Option<Arc<Regex>> {
        let mut compiled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = compiled.get(pattern) {
            return regex.clone();
        }
        let regex = Regex::new(&format!("^(?:{pattern})$")).ok().map(Arc::new);
        compiled.insert(pattern.to_owned(), regex.clone());
        regex
    }
}
