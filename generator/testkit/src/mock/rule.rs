//! Rules, as a test writes them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

use discovery_runtime::{Call, Code, Error, MethodRequest, Reply, Result};
use serde::Serialize;
use serde_json::{Value, json};

use super::book::{Book, Condition, Replies, Rule, lock};

/// A rule of a [`Mock`](crate::Mock) without its reply.
#[must_use = "a rule begins to count with its reply"]
pub struct When<R> {
    pub(super) book: Arc<Mutex<Book>>,
    pub(super) conditions: Vec<Condition>,
    pub(super) times: Option<usize>,
    pub(super) request: PhantomData<fn() -> R>,
}

impl<R: MethodRequest> When<R> {
    /// Limits the rule to calls that meet a condition.
    pub fn with(mut self, condition: impl Fn(&Call) -> bool + Send + 'static) -> Self {
        self.conditions.push(Box::new(condition));
        self
    }

    /// Limits the rule to a number of calls, and fails the test if there are fewer.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Replies with a response of the method.
    pub fn reply(self, response: R::Response)
    where
        R::Response: Serialize,
    {
        let message = message(&response);
        self.add(move |_| Reply::json(message.as_ref().map_err(|error| unwritten(error))?));
    }

    /// Replies with these responses, one after the other; the last one is repeated.
    pub fn sequence(self, responses: impl IntoIterator<Item = R::Response>)
    where
        R::Response: Serialize,
    {
        let messages: Vec<_> = responses
            .into_iter()
            .map(|response| message(&response))
            .collect();
        self.add(
            move |number| match messages.get(number).or(messages.last()) {
                Some(message) => Reply::json(message.as_ref().map_err(|error| unwritten(error))?),
                None => Err(Error::binding("the sequence of the rule is empty")),
            },
        );
    }

    /// Replies with an error of the service.
    pub fn error(self, code: Code, message: &str) {
        let message = message.to_owned();
        self.add(move |_| Ok(Reply::error(code, &message)));
    }

    /// Replies by a function of the number of the call, from 0: also with other statuses, or with an error
    /// of the connection.
    pub fn reply_with(self, replies: impl FnMut(usize) -> Result<Reply> + Send + 'static) {
        self.add(replies);
    }

    fn add(self, replies: impl FnMut(usize) -> Result<Reply> + Send + 'static) {
        let replies: Replies = Box::new(replies);
        lock(&self.book).rules.push(Rule {
            method: R::METHOD,
            conditions: self.conditions,
            times: self.times,
            used: 0,
            replies,
        });
    }
}

impl<R> fmt::Debug for When<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When")
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

/// Returns a response as JSON; that of a method without one is `{}`.
fn message(response: &impl Serialize) -> Result<Value, String> {
    match serde_json::to_value(response) {
        Ok(Value::Null) => Ok(json!({})),
        Ok(value) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

fn unwritten(error: &str) -> Error {
    Error::ser(error.to_owned())
}
