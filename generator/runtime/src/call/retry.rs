//! Retries of calls.
//!
//! The decisions are those of [`google_cloud_gax`]'s policies, by default
//! [AIP-194](https://google.aip.dev/194): errors from before the request was sent, and `UNAVAILABLE`
//! of idempotent methods.

pub(crate) mod delay;

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use google_cloud_gax::{
    backoff_policy::BackoffPolicy,
    options::RequestOptions,
    retry_policy::RetryPolicy,
    retry_result::RetryResult,
    retry_state::RetryState,
    retry_throttler::{RetryThrottler, SharedRetryThrottler},
    throttle_result::ThrottleResult,
};
use http::StatusCode;
use tokio::time::{Instant, timeout};
use tracing::Span;

use crate::{
    call::trace,
    client::policies::RetryConfig,
    error::{self, Error, Result},
};

/// The attempts at one call.
pub(crate) struct Attempts {
    policy: Arc<dyn RetryPolicy>,
    backoff: Arc<dyn BackoffPolicy>,
    throttler: SharedRetryThrottler,
    attempt_timeout: Option<Duration>,
    /// True if the policy's deadline ends an attempt under way. That of the default policy does not: it
    /// limits retries, and a first attempt may need longer, such as an upload or a wait for an
    /// operation.
    cuts_attempts: bool,
    idempotent: bool,
    start: Instant,
    /// The attempts that the policy counts.
    count: u32,
    /// Further attempts, made with refreshed credentials.
    resent: u32,
    began: Instant,
    span: Span,
}

impl Attempts {
    /// Starts a call, whose attempts are recorded in the span.
    pub(crate) fn new(
        config: &RetryConfig,
        options: &RequestOptions,
        idempotent: bool,
        span: Span,
    ) -> Self {
        let own = options.retry_policy().as_ref().or(config.policy.as_ref());
        let backoff = options.backoff_policy().as_ref().unwrap_or(&config.backoff);
        let throttler = options
            .retry_throttler()
            .as_ref()
            .unwrap_or(&config.throttler);
        let now = Instant::now();
        Self {
            cuts_attempts: own.is_some(),
            policy: own.unwrap_or(&config.default_policy).clone(),
            backoff: backoff.clone(),
            throttler: throttler.clone(),
            attempt_timeout: options.attempt_timeout().or(config.attempt_timeout),
            idempotent: options.idempotent().unwrap_or(idempotent),
            start: now,
            count: 0,
            resent: 0,
            began: now,
            span,
        }
    }

    /// Starts an attempt and returns its time limit.
    pub(crate) fn begin(&mut self) -> Option<Duration> {
        let deadline = match self.cuts_attempts {
            true => self.policy.remaining_time(&self.state()),
            false => None,
        };
        // The first starts with the call.
        if self.count > 0 {
            self.began = Instant::now();
        }
        self.count = self.count.saturating_add(1);
        self.attempt_timeout.into_iter().chain(deadline).min()
    }

    /// Starts another attempt within the time limit of this one, whose token was refused.
    pub(crate) fn resend(&mut self, error: &Error) {
        self.record(Err(error));
        self.resent = self.resent.saturating_add(1);
        self.began = Instant::now();
    }

    /// Records the outcome of the attempt.
    pub(crate) fn record(&self, outcome: Result<StatusCode, &Error>) {
        trace::attempted(self.number(), self.began, outcome);
    }

    /// The number of attempts so far.
    fn number(&self) -> u32 {
        self.count.saturating_add(self.resent)
    }

    /// Notifies the throttler of a success.
    pub(crate) fn succeeded(&self) {
        self.with_throttler(|throttler| throttler.on_success());
    }

    /// Ends a call that the service carried out, with its decoded response. If decoding failed, the
    /// call is not retried, since the service would carry it out twice.
    pub(crate) fn concluded<T>(&self, status: StatusCode, decoded: Result<T>) -> Result<T> {
        self.record(decoded.as_ref().map(|_| status));
        match decoded {
            Ok(value) => {
                self.succeeded();
                Ok(value)
            }
            Err(error) => Err(self.ended(RetryResult::Permanent(error))),
        }
    }

    /// Gives up and notifies the throttler.
    fn ended(&self, flow: RetryResult) -> Error {
        self.with_throttler(|throttler| throttler.on_retry_failure(&flow));
        match flow {
            RetryResult::Exhausted(error) => error::exhausted(error, self.number()),
            RetryResult::Permanent(error) | RetryResult::Continue(error) => {
                error::permanent(error, self.number())
            }
        }
    }

    /// Waits until the call may be retried. One that is not `repeatable` is not retried: its body has
    /// been read.
    ///
    /// # Errors
    ///
    /// The last error, if the call is not retried.
    pub(crate) async fn failed(&self, error: Error, repeatable: bool) -> Result<()> {
        // A request that cannot be sent does not improve, whatever a policy says.
        let flow = match error.is_binding() {
            true => RetryResult::Permanent(error),
            false => self.policy.on_error(&self.state(), error),
        };
        self.with_throttler(|throttler| throttler.on_retry_failure(&flow));
        let number = self.number();
        let mut error = match flow {
            RetryResult::Continue(error) if repeatable => error,
            RetryResult::Continue(error) => return Err(error::permanent(error, number)),
            RetryResult::Permanent(error) => return Err(error::permanent(error, number)),
            RetryResult::Exhausted(error) => return Err(error::exhausted(error, number)),
        };
        let requested = delay::requested_by(&error);
        let backoff = self.backoff.on_failure(&self.state());
        let mut wait = backoff.max(delay::with_jitter(requested, backoff));
        loop {
            let remaining = self.policy.remaining_time(&self.state());
            if remaining.map_or(requested > delay::LONGEST, |remaining| wait >= remaining) {
                return Err(error::exhausted(error, number));
            }
            tokio::time::sleep(wait).await;
            if !self.with_throttler(|throttler| throttler.throttle_retry_attempt()) {
                return Ok(());
            }
            error = match self.policy.on_throttle(&self.state(), error) {
                ThrottleResult::Continue(error) => error,
                ThrottleResult::Exhausted(error) => return Err(error::exhausted(error, number)),
            };
            wait = self.backoff.on_failure(&self.state());
        }
    }

    fn state(&self) -> RetryState {
        RetryState::new(self.idempotent)
            .set_start(self.start.into_std())
            .set_attempt_count(self.count)
    }

    /// A poisoned lock is ignored: a throttler only counts, so a panic cannot leave it inconsistent.
    fn with_throttler<T>(&self, act: impl FnOnce(&mut dyn RetryThrottler) -> T) -> T {
        let mut throttler = self
            .throttler
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        act(&mut *throttler)
    }
}

impl Drop for Attempts {
    fn drop(&mut self) {
        trace::resent(&self.span, self.number());
    }
}

/// Runs an attempt with a time limit.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    attempt: impl Future<Output = Result<T>>,
) -> Result<T> {
    match limit {
        None => attempt.await,
        Some(limit) => match Box::pin(timeout(limit, attempt)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(error::timeout(limit)),
        },
    }
}
