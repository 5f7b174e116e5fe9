//! Requests about an operation.

use std::time::Duration;

use super::matching::Values;
use crate::{
    call::request::Request,
    client::Client,
    description::method::{Method, OperationService, WaitTimeout},
};

/// The time that the HTTP request of a `wait` may take beyond the time that the service may hold it.
const WAIT_MARGIN: Duration = Duration::from_secs(10);
/// The time that the HTTP request of a `wait` may take if the service decides how long to hold it.
/// [Compute Engine](https://docs.cloud.google.com/compute/docs/reference/rest/v1/zoneOperations/wait)
/// holds it for up to two minutes.
const UNTIMED_WAIT: Duration = Duration::from_secs(180);

/// The longest
/// [`google.protobuf.Duration`](https://protobuf.dev/reference/protobuf/google.protobuf/#duration).
const MAX_DURATION: Duration = Duration::from_secs(315_576_000_000);

/// An action on an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Action {
    Get,
    Cancel,
    Wait(Duration),
}

impl Action {
    /// Returns the method for the action, if the document has one.
    pub(super) fn method(self, service: &'static OperationService) -> Option<&'static Method> {
        match self {
            Self::Get => Some(service.get()),
            Self::Cancel => service.cancel(),
            Self::Wait(_) => service.wait().map(|(wait, _)| wait),
        }
    }

    /// Returns the request for the action, if the document has a method for it.
    pub(super) fn request(
        self,
        service: &'static OperationService,
        client: &Client,
        values: Values,
    ) -> Option<Request> {
        let mut request = client.request(self.method(service)?);
        for (name, value) in values {
            request = request.path(name, value);
        }
        let Self::Wait(hold) = self else {
            return Some(request);
        };
        let (_, timeout) = service.wait()?;
        request.options.set_attempt_timeout(limit(*timeout, hold));
        let seconds = seconds(hold);
        Some(match timeout {
            WaitTimeout::Body => request.json(&serde_json::json!({ "timeout": seconds })),
            WaitTimeout::Query => request.query("timeout", seconds),
            WaitTimeout::Unsaid => request,
        })
    }
}

/// Returns the time limit for the HTTP request of a `wait`.
fn limit(timeout: WaitTimeout, hold: Duration) -> Duration {
    let limit = hold.saturating_add(WAIT_MARGIN);
    match timeout {
        WaitTimeout::Body | WaitTimeout::Query => limit,
        WaitTimeout::Unsaid => limit.max(UNTIMED_WAIT),
    }
}

/// Formats a `google.protobuf.Duration` in JSON, in whole milliseconds.
fn seconds(duration: Duration) -> String {
    let duration = duration.min(MAX_DURATION);
    format!("{}.{:03}s", duration.as_secs(), duration.subsec_millis())
}
