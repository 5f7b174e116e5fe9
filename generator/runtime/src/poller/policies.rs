//! How often to poll, and for how long.

use std::sync::Arc;
use std::time::Duration;

use google_cloud_gax::error::rpc::Code;
use google_cloud_gax::exponential_backoff::ExponentialBackoff;
use google_cloud_gax::options::RequestOptions;
use google_cloud_gax::polling_backoff_policy::{PollingBackoffPolicy, PollingBackoffPolicyArg};
use google_cloud_gax::polling_error_policy::{
    Aip194Strict, PollingErrorPolicy, PollingErrorPolicyArg,
};
use google_cloud_gax::polling_state::PollingState;
use google_cloud_gax::retry_policy::NeverRetry;
use google_cloud_gax::retry_result::RetryResult;
use tokio::time::Instant;

use super::service::{Action, WaitTimeout};
use crate::error::ErrorExt;
use crate::{
    call::retry::delay,
    error::{self, Error, Result},
};

/// What the HTTP request of a `wait` may take beyond the time that the service may hold it.
const WAIT_MARGIN: Duration = Duration::from_secs(10);
/// What the HTTP request of a `wait` may take where the service decides how long to hold it.
/// [Compute Engine](https://docs.cloud.google.com/compute/docs/reference/rest/v1/zoneOperations/wait)
/// does for up to two minutes.
const UNTIMED_WAIT: Duration = Duration::from_secs(180);
/// What the poll may take that begins when the deadline has come.
const LAST_POLL: Duration = Duration::from_secs(10);

/// The policies of a client.
#[derive(Clone, Debug)]
pub(crate) struct PollingConfig {
    pub(crate) errors: Arc<dyn PollingErrorPolicy>,
    pub(crate) backoff: Arc<dyn PollingBackoffPolicy>,
}

impl Default for PollingConfig {
    /// Goes on after `UNAVAILABLE` and I/O errors; waits from 1 s, doubling, up to 60 s.
    fn default() -> Self {
        Self {
            errors: Arc::new(Aip194Strict),
            backoff: Arc::new(ExponentialBackoff::default()),
        }
    }
}

impl PollingConfig {
    pub(crate) fn set_errors(&mut self, policy: PollingErrorPolicyArg) {
        let mut options = RequestOptions::default();
        options.set_polling_error_policy(policy);
        self.adopt(&options);
    }

    pub(crate) fn set_backoff(&mut self, policy: PollingBackoffPolicyArg) {
        let mut options = RequestOptions::default();
        options.set_polling_backoff_policy(policy);
        self.adopt(&options);
    }

    /// Takes the policies that the options have. Only options open gax's arguments.
    fn adopt(&mut self, options: &RequestOptions) {
        if let Some(errors) = options.polling_error_policy() {
            self.errors = errors.clone();
        }
        if let Some(backoff) = options.polling_backoff_policy() {
            self.backoff = backoff.clone();
        }
    }
}

/// The polls of one operation.
#[derive(Debug)]
pub(super) struct Polling {
    pub(super) config: PollingConfig,
    allowed: Option<Duration>,
    /// When the first call began.
    start: Option<Instant>,
    /// What the next pause counts from.
    since: Instant,
    /// How long the service asked to wait, when it reported an error.
    asked: Duration,
    /// Whether the poll that the deadline leaves has been begun.
    last: bool,
    calls: u32,
}

impl Polling {
    pub(super) fn new(config: &PollingConfig, options: &RequestOptions) -> Self {
        let mut config = config.clone();
        config.adopt(options);
        Self {
            config,
            allowed: None,
            start: None,
            since: Instant::now(),
            asked: Duration::ZERO,
            last: false,
            calls: 0,
        }
    }

    pub(super) fn set_deadline(&mut self, allowed: Duration) {
        self.allowed = Some(allowed);
    }

    /// A call begins, from which the next pause counts: the time that the service holds it is one
    /// of waiting.
    pub(super) fn begin(&mut self) {
        let now = Instant::now();
        self.start.get_or_insert(now);
        self.since = now;
        self.asked = Duration::ZERO;
        self.calls = self.calls.saturating_add(1);
    }

    /// The next pause counts from now, and not from the beginning of the call.
    pub(super) fn rest(&mut self) {
        self.since = Instant::now();
    }

    /// The time left until the deadline, if there is one and the clock runs.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let elapsed = self.start.map_or(Duration::ZERO, |start| start.elapsed());
        Some(self.allowed?.saturating_sub(elapsed))
    }

    /// What the next call may take.
    pub(super) fn limit(&self) -> Option<Duration> {
        let remaining = self.remaining()?;
        Some(if self.last { LAST_POLL } else { remaining })
    }

    /// Waits until the next poll; not at all before the first, which starts the operation. If the
    /// deadline comes first, there is one poll more.
    ///
    /// # Errors
    ///
    /// If that poll was made, or the policy has seen enough.
    pub(super) async fn pause(&mut self, operation: Option<&str>) -> Result<()> {
        if self.start.is_none() {
            return Ok(());
        }
        let errors = &self.config.errors;
        errors.on_in_progress(
            &self.state(),
            operation.unwrap_or("an operation without a name"),
        )?;
        let wait = self.config.backoff.wait_period(&self.state());
        let wait = wait.max(self.asked);
        let wait = wait.saturating_sub(self.since.elapsed());
        match self.remaining() {
            Some(remaining) if remaining <= wait => {
                if self.last {
                    return Err(self.timed_out(operation));
                }
                tokio::time::sleep(remaining).await;
                self.last = true;
            }
            _ => tokio::time::sleep(wait).await,
        }
        Ok(())
    }

    /// The error, and whether it ends the polling.
    pub(super) fn judge(&mut self, error: Error) -> (Error, bool) {
        self.asked = delay::asked_by(&error).min(delay::LONGEST);
        match self.config.errors.on_error(&self.state(), error) {
            RetryResult::Continue(error) => (error, false),
            RetryResult::Permanent(error) | RetryResult::Exhausted(error) => (error, true),
        }
    }

    pub(super) fn timed_out(&self, operation: Option<&str>) -> Error {
        error::operation_deadline(operation, self.allowed.unwrap_or_default())
    }

    fn state(&self) -> PollingState {
        let start = self.start.unwrap_or_else(Instant::now);
        PollingState::default()
            .set_start(start.into_std())
            .set_attempt_count(self.calls)
    }
}

/// The options of a request about an operation: those of the request that started it, except what
/// was said of that request alone.
///
/// Polls are repeated anyway, as the polling policies say. Retries of each would take the decision
/// from them, and the time limit of a retry policy would end a call that the service holds.
pub(super) fn of_polls(started: &RequestOptions, action: Action) -> RequestOptions {
    let mut options = started.clone();
    options.set_idempotency(action != Action::Cancel);
    if action != Action::Cancel {
        options.set_retry_policy(NeverRetry);
    }
    options
}

/// What the HTTP request of a `wait` may take.
pub(super) fn limit_of_wait(timeout: WaitTimeout, asked: Duration) -> Duration {
    let limit = asked.saturating_add(WAIT_MARGIN);
    match timeout {
        WaitTimeout::Body | WaitTimeout::Query => limit,
        WaitTimeout::Unsaid => limit.max(UNTIMED_WAIT),
    }
}

/// Whether the service says that it has no such method. Without the word in JSON it is the HTTP
/// status that says so.
pub(super) fn is_unimplemented(error: &Error) -> bool {
    let code = error.reported_status().map(|status| status.code);
    code == Some(Code::Unimplemented) || error.reported_http_status() == Some(501)
}
