//! How often to poll, and for how long.

use std::sync::Arc;
use std::time::Duration;

use google_cloud_gax::exponential_backoff::ExponentialBackoff;
use google_cloud_gax::options::RequestOptions;
use google_cloud_gax::polling_backoff_policy::{PollingBackoffPolicy, PollingBackoffPolicyArg};
use google_cloud_gax::polling_error_policy::{
    Aip194Strict, PollingErrorPolicy, PollingErrorPolicyArg,
};
use google_cloud_gax::polling_state::PollingState;
use google_cloud_gax::retry_result::RetryResult;
use tokio::time::Instant;

use super::service::Action;
use crate::{Error, Result, error};

/// What the HTTP request of a `wait` may take beyond the time that the service may hold it.
const WAIT_MARGIN: Duration = Duration::from_secs(10);

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
    deadline: Option<Instant>,
    allowed: Duration,
    start: Instant,
    polls: u32,
}

impl Polling {
    pub(super) fn new(config: &PollingConfig, options: &RequestOptions) -> Self {
        let mut config = config.clone();
        config.adopt(options);
        Self {
            config,
            deadline: None,
            allowed: Duration::ZERO,
            start: Instant::now(),
            polls: 0,
        }
    }

    pub(super) fn set_deadline(&mut self, allowed: Duration) {
        self.allowed = allowed;
        self.deadline = Instant::now().checked_add(allowed);
    }

    pub(super) fn polls(&self) -> u32 {
        self.polls
    }

    /// The time left until the deadline.
    pub(super) fn remaining(&self) -> Option<Duration> {
        Some(self.deadline?.saturating_duration_since(Instant::now()))
    }

    /// Waits until the next poll; not at all before the first, which starts the operation.
    ///
    /// # Errors
    ///
    /// If the deadline comes first, or the policy has seen enough.
    pub(super) async fn pause(&mut self, operation: &str) -> Result<()> {
        if self.polls > 0 {
            self.config
                .errors
                .on_in_progress(&self.state(), operation)?;
            let wait = self.config.backoff.wait_period(&self.state());
            if self.remaining().is_some_and(|remaining| remaining < wait) {
                return Err(self.timed_out(operation));
            }
            tokio::time::sleep(wait).await;
        }
        self.polls = self.polls.saturating_add(1);
        Ok(())
    }

    /// The error, and whether it ends the polling.
    pub(super) fn judge(&self, error: Error) -> (Error, bool) {
        match self.config.errors.on_error(&self.state(), error) {
            RetryResult::Continue(error) => (error, self.remaining() == Some(Duration::ZERO)),
            RetryResult::Permanent(error) | RetryResult::Exhausted(error) => (error, true),
        }
    }

    pub(super) fn timed_out(&self, operation: &str) -> Error {
        error::operation_deadline(operation, self.allowed)
    }

    fn state(&self) -> PollingState {
        PollingState::default()
            .set_start(self.start.into_std())
            .set_attempt_count(self.polls)
    }
}

/// The options of a poll: those of the request that started the operation, except what was said
/// of that request alone.
pub(super) fn of_polls(started: &RequestOptions, action: Action) -> RequestOptions {
    let mut options = started.clone();
    options.set_idempotency(matches!(action, Action::Get));
    if let Action::Wait(timeout) = action {
        options.set_attempt_timeout(timeout.saturating_add(WAIT_MARGIN));
    }
    options
}
