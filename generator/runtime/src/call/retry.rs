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
use http::StatusCode;
use tokio::time::{Instant, timeout};
use tracing::Span;

use crate::{
    call::trace,
    error::{self, Error, Result},
};

/// Attempts at a call, the first included, unless a policy says otherwise.
const DEFAULT_ATTEMPTS: u32 = 10;
/// How long a call is tried again, unless a policy says otherwise.
const DEFAULT_TIME: Duration = Duration::from_secs(60);

/// The policies of a client.
#[derive(Clone, Debug)]
pub(crate) struct RetryConfig {
    pub(crate) policy: Option<Arc<dyn RetryPolicy>>,
    /// Where neither client nor request has one.
    default_policy: Arc<dyn RetryPolicy>,
    pub(crate) backoff: Arc<dyn BackoffPolicy>,
    pub(crate) throttler: SharedRetryThrottler,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self {
            policy: None,
            default_policy: default_policy(),
            backoff: Arc::new(ExponentialBackoff::default()),
            throttler: Arc::new(std::sync::Mutex::new(AdaptiveThrottler::default())),
            attempt_timeout: None,
        }
    }
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
    /// Those that the policy knows of.
    count: u32,
    /// Those that were made besides, with other credentials.
    resent: u32,
    began: Instant,
    span: Span,
}

impl Attempts {
    /// Attempts of which the span is told.
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

    /// Begins an attempt, and tells the time that it may take.
    pub(crate) fn begin(&mut self) -> Option<Duration> {
        let deadline = match self.cuts_attempts {
            true => self.policy.remaining_time(&self.state()),
            false => None,
        };
        // The first begins with the call.
        if self.count > 0 {
            self.began = Instant::now();
        }
        self.count = self.count.saturating_add(1);
        self.attempt_timeout.into_iter().chain(deadline).min()
    }

    /// Begins another attempt within the time of this one, which failed for want of credentials.
    pub(crate) fn resend(&mut self, error: &Error) {
        self.tell(Err(error));
        self.resent = self.resent.saturating_add(1);
        self.began = Instant::now();
    }

    /// Tells how the attempt ended.
    pub(crate) fn tell(&self, outcome: Result<StatusCode, &Error>) {
        trace::attempted(&self.span, self.number(), self.began, outcome);
    }

    /// How many attempts were begun.
    fn number(&self) -> u32 {
        self.count.saturating_add(self.resent)
    }

    /// The attempt got what it asked for.
    pub(crate) fn succeeded(&self) {
        self.with_throttler(|throttler| throttler.on_success());
    }

    /// The end of a call that the service carried out: what was made of its response. If nothing
    /// could be, no policy is asked, since another attempt would have it carried out twice.
    pub(crate) fn concluded<T>(&self, status: StatusCode, answer: Result<T>) -> Result<T> {
        self.tell(answer.as_ref().map(|_| status));
        match answer {
            Ok(answer) => {
                self.succeeded();
                Ok(answer)
            }
            Err(error) => Err(self.ended(RetryResult::Permanent(error))),
        }
    }

    /// Gives up, which the throttler is told.
    fn ended(&self, flow: RetryResult) -> Error {
        self.with_throttler(|throttler| throttler.on_retry_failure(&flow));
        match flow {
            RetryResult::Exhausted(error) => error::exhausted(error, self.number()),
            RetryResult::Permanent(error) | RetryResult::Continue(error) => {
                error::permanent(error, self.number())
            }
        }
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
        let number = self.number();
        let mut error = match flow {
            RetryResult::Continue(error) if repeatable => error,
            RetryResult::Continue(error) => return Err(error::permanent(error, number)),
            RetryResult::Permanent(error) => return Err(error::permanent(error, number)),
            RetryResult::Exhausted(error) => return Err(error::exhausted(error, number)),
        };
        let asked = delay::asked_by(&error);
        let backoff = self.backoff.on_failure(&self.state());
        let mut wait = backoff.max(delay::staggered(asked, backoff));
        loop {
            let remaining = self.policy.remaining_time(&self.state());
            if remaining.map_or(asked > delay::LONGEST, |remaining| wait >= remaining) {
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
        Some(limit) => match Box::pin(timeout(limit, attempt)).await {
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
