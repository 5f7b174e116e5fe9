//! Intervals and limits of polls.

use std::time::Duration;

use google_cloud_gax::{
    error::rpc::Code, options::RequestOptions, polling_state::PollingState,
    retry_policy::NeverRetry, retry_result::RetryResult,
};
use tokio::time::Instant;

use super::requests::Action;
use crate::{
    call::retry::delay,
    client::policies::PollingConfig,
    error::{self, Error, ErrorExt, Result},
    request::extras::Extras,
};

/// The time limit of the poll that starts at the deadline.
const LAST_POLL: Duration = Duration::from_secs(10);

/// The polls of one operation.
#[derive(Debug)]
pub(super) struct Polling {
    pub(super) config: PollingConfig,
    allowed: Option<Duration>,
    /// The start of the first call.
    start: Option<Instant>,
    /// The start of the next pause.
    since: Instant,
    /// The delay that the service requested when it reported an error.
    requested: Duration,
    /// Set once the last poll, which the deadline allows, has started.
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
            requested: Duration::ZERO,
            last: false,
            calls: 0,
        }
    }

    pub(super) fn set_deadline(&mut self, allowed: Duration) {
        self.allowed = Some(allowed);
    }

    /// Starts a call. The next pause is counted from its start, since the time that the service holds
    /// the call is part of the pause.
    pub(super) fn begin(&mut self) {
        let now = Instant::now();
        self.start.get_or_insert(now);
        self.since = now;
        self.requested = Duration::ZERO;
        self.calls = self.calls.saturating_add(1);
    }

    /// Counts the next pause from now, not from the start of the call.
    pub(super) fn rest(&mut self) {
        self.since = Instant::now();
    }

    /// Returns the time until the deadline, if there is one.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let elapsed = self.start.map_or(Duration::ZERO, |start| start.elapsed());
        Some(self.allowed?.saturating_sub(elapsed))
    }

    /// Returns the time limit of the next call.
    pub(super) fn limit(&self) -> Option<Duration> {
        let remaining = self.remaining()?;
        Some(if self.last { LAST_POLL } else { remaining })
    }

    /// Waits until the next poll. The first one, which starts the operation, is not delayed. If the
    /// deadline comes first, there is one last poll.
    ///
    /// # Errors
    ///
    /// If the last poll was made, or the policy ends the polling.
    pub(super) async fn pause(&mut self, operation: Option<&str>) -> Result<()> {
        if self.start.is_none() {
            return Ok(());
        }
        let errors = &self.config.errors;
        let name = operation.unwrap_or("an operation without a name");
        errors.on_in_progress(&self.state(), &error::limits::text(name.to_owned()))?;
        let wait = self.config.backoff.wait_period(&self.state());
        let wait = wait.max(self.requested);
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

    /// Returns the error, and whether it ends the polling.
    pub(super) fn judge(&mut self, error: Error) -> (Error, bool) {
        self.requested = delay::requested_by(&error).min(delay::LONGEST);
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

/// Returns the options of a request about an operation: those of the request that started it, except
/// those that concern that request alone.
///
/// Polls are repeated by the polling policies. Retries would override these, and the time limit of a
/// retry policy would end a call that the service holds.
pub(super) fn options(started: &RequestOptions, action: Action) -> RequestOptions {
    let mut options = started.clone();
    Extras::remove_from(&mut options);
    options.set_idempotency(action != Action::Cancel);
    if action != Action::Cancel {
        options.set_retry_policy(NeverRetry);
    }
    options
}

/// Returns whether the service has no such method, by the status in JSON or else the HTTP status.
pub(super) fn is_unimplemented(error: &Error) -> bool {
    let code = error.reported_status().map(|status| status.code);
    code == Some(Code::Unimplemented) || error.reported_http_status() == Some(501)
}
