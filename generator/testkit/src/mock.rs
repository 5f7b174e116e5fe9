//! A transport that replies by rules.

pub(crate) mod book;
pub(crate) mod rule;

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::thread;

use discovery_runtime::{Call, Error, MethodRequest, Reply, Result, Transport};

use book::{Book, Recorded, lock};
use rule::When;

/// Replies to calls by rules, and checks at its end that the rules were used.
///
/// When it is dropped it panics if a call fitted no rule, or if a rule with
/// [`times`](When::times) was used more or less often; so a test keeps it until its end.
#[derive(Debug, Default)]
pub struct Mock {
    book: Arc<Mutex<Book>>,
}

/// The transport of a [`Mock`], for clients.
#[derive(Clone)]
pub struct MockTransport {
    book: Arc<Mutex<Book>>,
}

impl Mock {
    /// A mock without rules: every call fails.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a rule for the calls of a request builder. The first rule that fits a call and is not used up
    /// replies.
    pub fn when<R: MethodRequest>(&self) -> When<R> {
        When {
            book: Arc::clone(&self.book),
            conditions: Vec::new(),
            times: None,
            request: PhantomData,
        }
    }

    /// Returns the transport, to be passed to the builder of a client.
    pub fn transport(&self) -> MockTransport {
        MockTransport {
            book: Arc::clone(&self.book),
        }
    }

    /// Returns all calls, the first one first.
    pub fn calls(&self) -> Vec<Recorded> {
        lock(&self.book).calls.clone()
    }

    /// Returns the number of calls of a request builder.
    pub fn count<R: MethodRequest>(&self) -> usize {
        let book = lock(&self.book);
        book.calls
            .iter()
            .filter(|call| call.method == R::METHOD)
            .count()
    }
}

impl Drop for Mock {
    #[expect(
        clippy::panic,
        reason = "a mock that was not used as its rules say fails the test"
    )]
    fn drop(&mut self) {
        let problems = lock(&self.book).problems();
        // A second panic would abort the process, and hide the first.
        if !problems.is_empty() && !thread::panicking() {
            panic!("{}", problems.join("\n"));
        }
    }
}

impl Transport for MockTransport {
    async fn send(&self, call: Call) -> Result<Reply> {
        let reply = lock(&self.book).reply(&call);
        // Not an error of the connection, since those are retried.
        reply.unwrap_or_else(|unmatched| Err(Error::binding(unmatched)))
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MockTransport")
    }
}
