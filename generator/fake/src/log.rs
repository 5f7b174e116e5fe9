//! The log of calls.

use std::collections::VecDeque;

use serde::Serialize;

/// The number of calls that are kept.
const MAX_CALLS: usize = 10_000;

/// A call that a fake has served. It has neither credentials nor bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoggedCall {
    /// The id of the method; none if the request fits none.
    pub method: Option<String>,
    /// The HTTP method.
    pub verb: String,
    /// The path, as it was sent.
    pub path: String,
    /// The status of the reply.
    pub status: u16,
    /// The reply was a sample.
    pub is_sample: bool,
}

/// The latest calls.
#[derive(Debug, Default)]
pub(crate) struct Log(VecDeque<LoggedCall>);

impl Log {
    pub(crate) fn add(&mut self, call: LoggedCall) {
        if self.0.len() == MAX_CALLS {
            self.0.pop_front();
        }
        self.0.push_back(call);
    }

    pub(crate) fn calls(&self) -> Vec<LoggedCall> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
