//! Default policies of a client.

use std::{sync::Arc, time::Duration};

use google_cloud_gax::{
    backoff_policy::BackoffPolicy,
    exponential_backoff::ExponentialBackoff,
    options::RequestOptions,
    polling_backoff_policy::{PollingBackoffPolicy, PollingBackoffPolicyArg},
    polling_error_policy::{self, PollingErrorPolicy, PollingErrorPolicyArg},
    retry_policy::{Aip194Strict, RetryPolicy, RetryPolicyExt},
    retry_throttler::{AdaptiveThrottler, SharedRetryThrottler},
};

use super::rate_limits::RateLimits;

/// The attempts at a call, including the first, unless a policy is set.
const DEFAULT_ATTEMPTS: u32 = 10;
/// The time limit of retries, unless a policy is set.
const DEFAULT_TIME: Duration = Duration::from_secs(60);

/// Policies for retries.
#[derive(Clone, Debug)]
pub(crate) struct RetryConfig {
    pub(crate) policy: Option<Arc<dyn RetryPolicy>>,
    /// The policy if neither the client nor the request has one.
    pub(crate) default_policy: Arc<dyn RetryPolicy>,
    pub(crate) backoff: Arc<dyn BackoffPolicy>,
    pub(crate) throttler: SharedRetryThrottler,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Default for RetryConfig {
    fn default() -> Self {
        let default_policy = RateLimits(Aip194Strict)
            .with_attempt_limit(DEFAULT_ATTEMPTS)
            .with_time_limit(DEFAULT_TIME);
        Self {
            policy: None,
            default_policy: Arc::new(default_policy),
            backoff: Arc::new(ExponentialBackoff::default()),
            throttler: Arc::new(std::sync::Mutex::new(AdaptiveThrottler::default())),
            attempt_timeout: None,
        }
    }
}

/// Policies for polling operations.
#[derive(Clone, Debug)]
pub(crate) struct PollingConfig {
    pub(crate) errors: Arc<dyn PollingErrorPolicy>,
    pub(crate) backoff: Arc<dyn PollingBackoffPolicy>,
}

impl Default for PollingConfig {
    /// Continues after `UNAVAILABLE`, rate limits and I/O errors; waits for 1 s, then twice as long each time, up
    /// to 60 s.
    fn default() -> Self {
        Self {
            errors: Arc::new(RateLimits(polling_error_policy::Aip194Strict)),
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

    /// Adopts the policies of the options. Only [`RequestOptions`] can unwrap the argument types.
    pub(crate) fn adopt(&mut self, options: &RequestOptions) {
        if let Some(errors) = options.polling_error_policy() {
            self.errors = errors.clone();
        }
        if let Some(backoff) = options.polling_backoff_policy() {
            self.backoff = backoff.clone();
        }
    }
}
