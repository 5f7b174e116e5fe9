//! How operations are asked for: the methods of a document, and what their variables become.

use serde_json::Value;

use crate::path::PathValue;
use crate::{Client, Method, Operation, Pattern, Request};

/// A resource of operations: how to get one, and if the document can, how to cancel it or wait for it.
///
/// Generated clients hold a table of these, one for each `operations.get` of the document.
#[derive(Debug)]
pub struct OperationService {
    get: Method,
    variables: &'static [(&'static str, Option<&'static Pattern>)],
    cancel: Option<Method>,
    wait: Option<Wait>,
}

#[derive(Debug)]
struct Wait {
    method: Method,
    /// Whether its message has a `timeout`.
    timed: bool,
}

/// What is known of an operation when it is asked for.
pub(super) struct Known<'a> {
    pub(super) operation: &'a Operation,
    /// The members of the operation that are no part of AIP-151: `zone`, `region`.
    pub(super) members: &'a serde_json::Map<String, Value>,
    /// The path parameters of the request that started it.
    pub(super) started_with: &'a [PathValue],
}

/// What to do with an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Action {
    Get,
    Cancel,
    Wait(std::time::Duration),
}

impl OperationService {
    /// A resource of operations by the method that gets one and the variables of its path, in order.
    pub const fn new(
        get: Method,
        variables: &'static [(&'static str, Option<&'static Pattern>)],
    ) -> Self {
        Self {
            get,
            variables,
            cancel: None,
            wait: None,
        }
    }

    /// The method that cancels an operation; it has the same variables.
    #[must_use]
    pub const fn cancel(mut self, method: Method) -> Self {
        self.cancel = Some(method);
        self
    }

    /// The method that waits for an operation; it has the same variables. `timed` says whether its
    /// message has a `timeout`.
    #[must_use]
    pub const fn wait(mut self, method: Method, timed: bool) -> Self {
        self.wait = Some(Wait { method, timed });
        self
    }

    /// The request for an operation, if this is where it lives and the document can do that.
    pub(super) fn request(
        &'static self,
        client: &Client,
        known: &Known<'_>,
        action: Action,
    ) -> Option<Request> {
        let values = self.values(known)?;
        let method = match action {
            Action::Get => &self.get,
            Action::Cancel => self.cancel.as_ref()?,
            Action::Wait(_) => &self.wait.as_ref()?.method,
        };
        let request = values
            .into_iter()
            .fold(client.request(method), |request, (name, value)| {
                request.path(name, value)
            });
        Some(match (action, &self.wait) {
            (Action::Wait(timeout), Some(wait)) if wait.timed => {
                request.json(&serde_json::json!({ "timeout": seconds(timeout) }))
            }
            _ => request,
        })
    }

    /// How many of its variables only the operation itself or its request can tell.
    pub(super) fn variables(&self) -> usize {
        self.variables.len()
    }

    /// The values of the path's variables.
    ///
    /// A single one is the operation's name. Of several the last is the last part of the name, and
    /// the others come from the operation (`zone` is the URL of a zone) or from the
    /// request that started it.
    fn values(&self, known: &Known<'_>) -> Option<Vec<(&'static str, String)>> {
        let name = known.operation.name.as_deref()?;
        if let [(variable, pattern)] = self.variables {
            let reserved = self.get.path().contains("{+");
            let value = if reserved { name } else { last_part(name) };
            let fits = pattern.is_none_or(|pattern| pattern.matches(value));
            return fits.then(|| vec![(*variable, value.to_owned())]);
        }
        let (last, others) = self.variables.split_last()?;
        let mut values = Vec::with_capacity(self.variables.len());
        for (variable, _) in others {
            values.push((*variable, known.value(variable)?));
        }
        values.push((last.0, last_part(name).to_owned()));
        Some(values)
    }
}

impl Known<'_> {
    fn value(&self, variable: &str) -> Option<String> {
        let own = self
            .members
            .get(variable)
            .and_then(Value::as_str)
            .map(last_part);
        let given = || {
            let mut values = self.started_with.iter();
            values.find_map(|given| (given.name == variable).then_some(given.value.as_str()))
        };
        own.or_else(given).map(str::to_owned)
    }
}

/// `operation-1` of `projects/p/operations/operation-1`, `us-east1-b` of the URL of a zone.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// A `google.protobuf.Duration` in JSON, of whole milliseconds.
fn seconds(duration: std::time::Duration) -> String {
    format!("{}.{:03}s", duration.as_secs(), duration.subsec_millis())
}
