//! How operations are asked for: the methods of a document.

use super::{policies, template::Values};
use crate::{
    call::request::Request,
    client::Client,
    description::{method::Method, pattern::Pattern},
};

/// A resource of operations: how to get one, and if the document can, how to cancel it or wait for it.
///
/// Generated clients hold a table of these, one for each `operations.get` of the document.
#[derive(Debug)]
pub struct OperationService {
    get: Method,
    variables: &'static [(&'static str, Option<&'static Pattern>)],
    cancel: Option<Method>,
    wait: Option<(Method, WaitTimeout)>,
}

/// How a method that waits for an operation is told how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitTimeout {
    /// By the member `timeout` of its message.
    Body,
    /// By the query parameter `timeout`.
    Query,
    /// Not at all: the service decides.
    Unsaid,
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

    /// The method that waits for an operation; it has the same variables.
    #[must_use]
    pub const fn wait(mut self, method: Method, timeout: WaitTimeout) -> Self {
        self.wait = Some((method, timeout));
        self
    }

    pub(super) fn variables(&self) -> &'static [(&'static str, Option<&'static Pattern>)] {
        self.variables
    }

    /// The template of the path by which an operation is got.
    pub(super) fn path(&self) -> &'static str {
        self.get.path()
    }

    /// Whether a variable may have that value.
    pub(super) fn fits(&self, variable: &str, value: &str) -> bool {
        self.pattern(variable)
            .is_none_or(|pattern| pattern.matches(value))
    }

    pub(super) fn has_pattern(&self, variable: &str) -> bool {
        self.pattern(variable).is_some()
    }

    fn pattern(&self, variable: &str) -> Option<&'static Pattern> {
        let mut variables = self.variables.iter();
        variables
            .find(|(name, _)| *name == variable)
            .and_then(|(_, pattern)| *pattern)
    }

    /// Whether the method gets an operation of this resource.
    pub(super) fn gets_by(&self, method: &Method) -> bool {
        self.get.id() == method.id()
    }

    /// Whether the method is one about an operation of this resource.
    pub(super) fn is_method(&self, method: &Method) -> bool {
        let wait = self.wait.as_ref().map(|(wait, _)| wait);
        let mut own = std::iter::once(&self.get).chain(&self.cancel).chain(wait);
        own.any(|own| own.id() == method.id())
    }

    pub(super) fn method(&'static self, action: Action) -> Option<&'static Method> {
        match action {
            Action::Get => Some(&self.get),
            Action::Cancel => self.cancel.as_ref(),
            Action::Wait(_) => self.wait.as_ref().map(|(wait, _)| wait),
        }
    }

    /// The request for an operation, if the document can do that.
    pub(super) fn request(
        &'static self,
        client: &Client,
        values: Values,
        action: Action,
    ) -> Option<Request> {
        let mut request = client.request(self.method(action)?);
        for (name, value) in values {
            request = request.path(name, value);
        }
        let Action::Wait(timeout) = action else {
            return Some(request);
        };
        let (_, parameter) = self.wait.as_ref()?;
        request
            .options
            .set_attempt_timeout(policies::limit_of_wait(*parameter, timeout));
        let seconds = seconds(timeout);
        Some(match parameter {
            WaitTimeout::Body => request.json(&serde_json::json!({ "timeout": seconds })),
            WaitTimeout::Query => request.query("timeout", seconds),
            WaitTimeout::Unsaid => request,
        })
    }
}

/// A `google.protobuf.Duration` in JSON, of whole milliseconds.
fn seconds(duration: std::time::Duration) -> String {
    format!("{}.{:03}s", duration.as_secs(), duration.subsec_millis())
}
