//! Whether, when and how often a call is tried again.
//!
//! The decisions are those of [`google_cloud_gax`]'s policies, by default
//! [AIP-194](https://google.aip.dev/194): errors before the request was sent, and `UNAVAILABLE` of
//! methods whose repetition changes nothing.

pub(crate) mod delay;

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use google_cloud_gax::{
    backoff_policy::BackoffPolicy,
    exponential_backoff::ExponentialBackoff,
    options::RequestOptions,
    retry_policy::{Aip194Strict, RetryPolicy, RetryPolicyExt},
    retry_result::RetryResult,
    retry_state::RetryState,
    retry_throttler::{AdaptiveThrottler, RetryThrottler, SharedRetryThrottler},
    throttle_result::ThrottleResult,
};
use tokio::time::Instant;

use crate::{Error, Result, error};

/// Attempts at a call, the first included, unless a policy says otherwise.
const DEFAULT_ATTEMPTS: u32 = 10;
/// How long a call is tried again, unless a policy says otherwise.
const DEFAULT_TIME: Duration = Duration::from_secs(60);

/// The policies of a client.
#[derive(Clone, Debug)]
pub(crate) struct RetryConfig {
    pub(crate) policy: Option<Arc<dyn RetryPolicy>>,
    pub(crate) backoff: Arc<dyn BackoffPolicy>,
    pub(crate) throttler: SharedRetryThrottler,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self {
            policy: None,
            backoff: Arc::new(ExponentialBackoff::default()),
            throttler: Arc::new(std::sync::Mutex::new(AdaptiveThrottler::default())),
            attempt_timeout: None,
        }
    }
}

/// An attempt that was begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt {
    /// Counted from one.
    pub(crate) number: u32,
    pub(crate) began: Instant,
}

/// The attempts at one call.
pub(crate) struct Attempts {
    policy: Arc<dyn RetryPolicy>,
    backoff: Arc<dyn BackoffPolicy>,
    throttler: SharedRetryThrottler,
    attempt_timeout: Option<Duration>,
    /// Whether the policy's deadline ends an attempt that is under way. The default's does not:
    /// it bounds retries, whereas a first attempt may rightly take longer, such as an upload or a
    /// wait for an operation.
    cuts_attempts: bool,
    idempotent: bool,
    start: Instant,
    count: u32,
}

impl Attempts {
    pub(crate) fn new(config: &RetryConfig, options: &RequestOptions, idempotent: bool) -> Self {
        let own = options.retry_policy().as_ref().or(config.policy.as_ref());
        let backoff = options.backoff_policy().as_ref().unwrap_or(&config.backoff);
        let throttler = options
            .retry_throttler()
            .as_ref()
            .unwrap_or(&config.throttler);
        Self {
            cuts_attempts: own.is_some(),
            policy: own.cloned().unwrap_or_else(default_policy),
            backoff: backoff.clone(),
            throttler: throttler.clone(),
            attempt_timeout: options.attempt_timeout().or(config.attempt_timeout),
            idempotent: options.idempotent().unwrap_or(idempotent),
            start: Instant::now(),
            count: 0,
        }
    }

    /// Begins an attempt, and tells the time that it may take.
    pub(crate) fn begin(&mut self) -> (Attempt, Option<Duration>) {
        let remaining = self.policy.remaining_time(&self.state());
        self.count = self.count.saturating_add(1);
        let deadline = remaining.filter(|_| self.cuts_attempts);
        let limits = self.attempt_timeout.into_iter().chain(deadline);
        let attempt = Attempt {
            number: self.count,
            began: Instant::now(),
        };
        (attempt, limits.min())
    }

    pub(crate) fn succeeded(&self) {
        self.with_throttler(|throttler| throttler.on_success());
    }

    /// Waits until the call may be tried again. One that is not `repeatable` may not: its body has
    /// been read.
    ///
    /// # Errors
    ///
    /// The last error, if it may not.
    pub(crate) async fn failed(&self, error: Error, repeatable: bool) -> Result<()> {
        let flow = self.policy.on_error(&self.state(), error);
        self.with_throttler(|throttler| throttler.on_retry_failure(&flow));
        let mut error = match flow {
            RetryResult::Continue(error) if repeatable => error,
            RetryResult::Continue(error) => return Err(error::permanent(error, self.count)),
            RetryResult::Permanent(error) => return Err(error::permanent(error, self.count)),
            RetryResult::Exhausted(error) => return Err(error::exhausted(error, self.count)),
        };
        let mut wait = delay::asked_by(&error).max(self.backoff.on_failure(&self.state()));
        loop {
            if wait >= self.longest_wait() {
                return Err(error::exhausted(error, self.count));
            }
            tokio::time::sleep(wait).await;
            if !self.with_throttler(|throttler| throttler.throttle_retry_attempt()) {
                return Ok(());
            }
            error = match self.policy.on_throttle(&self.state(), error) {
                ThrottleResult::Continue(error) => error,
                ThrottleResult::Exhausted(error) => {
                    return Err(error::exhausted(error, self.count));
                }
            };
            wait = self.backoff.on_failure(&self.state());
        }
    }

    fn longest_wait(&self) -> Duration {
        let remaining = self.policy.remaining_time(&self.state());
        remaining.unwrap_or(delay::LONGEST)
    }

    fn state(&self) -> RetryState {
        RetryState::new(self.idempotent)
            .set_start(self.start.into_std())
            .set_attempt_count(self.count)
    }

    /// A throttler counts; it has no state that a panic elsewhere could leave half-made.
    fn with_throttler<T>(&self, act: impl FnOnce(&mut dyn RetryThrottler) -> T) -> T {
        let mut throttler = self
            .throttler
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        act(&mut *throttler)
    }
}

/// An attempt that is ended if it takes longer than it may.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    attempt: impl Future<Output = Result<T>>,
) -> Result<T> {
    match limit {
        None => attempt.await,
        Some(limit) => match tokio::time::timeout(limit, attempt).await {
            Ok(outcome) => outcome,
            Err(_) => Err(error::timeout(limit)),
        },
    }
}

fn default_policy() -> Arc<dyn RetryPolicy> {
    let policy = Aip194Strict
        .with_attempt_limit(DEFAULT_ATTEMPTS)
        .with_time_limit(DEFAULT_TIME);
    Arc::new(policy)
}
