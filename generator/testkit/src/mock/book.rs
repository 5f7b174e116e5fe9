//! The rules of a mock, and the calls that it received.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use discovery_runtime::{Call, Reply, Result};

/// A condition of a rule.
pub(crate) type Condition = Box<dyn Fn(&Call) -> bool + Send>;

/// Makes the reply to the call with this number, from 0.
pub(crate) type Replies = Box<dyn FnMut(usize) -> Result<Reply> + Send>;

/// A rule.
pub(crate) struct Rule {
    pub(crate) method: &'static str,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) times: Option<usize>,
    pub(crate) used: usize,
    pub(crate) replies: Replies,
}

/// A call that a [`Mock`](crate::Mock) received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The id of the method.
    pub method: &'static str,
    /// The URL, with its query.
    pub url: String,
    /// The body; empty if it was streamed.
    pub body: Vec<u8>,
}

/// The rules of a mock, and the calls that it received.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) rules: Vec<Rule>,
    pub(crate) calls: Vec<Recorded>,
    unmatched: Vec<String>,
}

impl Book {
    /// Returns the reply of the first rule that fits, or the text of an error.
    pub(crate) fn reply(&mut self, call: &Call) -> Result<Result<Reply>, String> {
        self.calls.push(Recorded {
            method: call.method(),
            url: call.url().to_owned(),
            body: call
                .body()
                .as_bytes()
                .map(|bytes| bytes.to_vec())
                .unwrap_or_default(),
        });
        let mut rules = self.rules.iter_mut();
        let Some(rule) = rules.find(|rule| rule.fits(call) && !rule.is_over()) else {
            let text = self.unmatched_text(call);
            self.unmatched.push(text.clone());
            return Err(text);
        };
        rule.used += 1;
        Ok((rule.replies)(rule.used - 1))
    }

    /// Returns calls without a rule, and rules that were not used as often as they say.
    pub(crate) fn problems(&self) -> Vec<String> {
        let rules = self.rules.iter().filter_map(|rule| {
            let times = rule.times.filter(|times| *times != rule.used)?;
            Some(format!(
                "the rule for {} was used {} of {times} times",
                rule.method, rule.used
            ))
        });
        self.unmatched.iter().cloned().chain(rules).collect()
    }

    /// Describes a call without a rule, and the rule that is nearest to it.
    fn unmatched_text(&self, call: &Call) -> String {
        let url = call.url();
        let same = self
            .rules
            .iter()
            .filter(|rule| rule.method == call.method());
        let nearest = same.max_by_key(|rule| (rule.met(call), !rule.is_over()));
        let reason = match nearest {
            None if self.rules.is_empty() => "there are no rules".to_owned(),
            None => {
                let methods = self
                    .rules
                    .iter()
                    .map(|rule| rule.method)
                    .collect::<Vec<_>>();
                format!("there are rules for {} only", methods.join(", "))
            }
            Some(rule) if rule.fits(call) => {
                format!("the rule for it is used up, after {} calls", rule.used)
            }
            Some(rule) => format!(
                "the nearest rule meets {} of its {} conditions",
                rule.met(call),
                rule.conditions.len()
            ),
        };
        format!(
            "no rule fits {} ({} {url}): {reason}",
            call.method(),
            call.http_method()
        )
    }
}

impl Rule {
    fn met(&self, call: &Call) -> usize {
        self.conditions
            .iter()
            .filter(|condition| condition(call))
            .count()
    }

    fn fits(&self, call: &Call) -> bool {
        self.method == call.method() && self.met(call) == self.conditions.len()
    }

    fn is_over(&self) -> bool {
        self.times.is_some_and(|times| self.used >= times)
    }
}

impl fmt::Debug for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = self.rules.iter().map(|rule| rule.method);
        f.debug_list().entries(rules).finish()
    }
}

/// Locks the rules. A condition that panicked leaves them as they were.
pub(crate) fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}
