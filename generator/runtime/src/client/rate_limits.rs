//! Repeats calls to services that were called too often.

use google_cloud_gax::{
    polling_error_policy::PollingErrorPolicy, polling_state::PollingState,
    retry_policy::RetryPolicy, retry_result::RetryResult, retry_state::RetryState,
    throttle_result::ThrottleResult,
};

use crate::error::{self, Error};

/// A policy that continues after errors of the rate limits of services. In all else it is the inner
/// policy.
#[derive(Clone, Debug)]
pub(crate) struct RateLimits<P>(pub(crate) P);

impl<P: RetryPolicy> RetryPolicy for RateLimits<P> {
    fn on_error(&self, state: &RetryState, error: Error) -> RetryResult {
        if state.idempotent && error::is_rate_limit(&error) {
            return RetryResult::Continue(error);
        }
        self.0.on_error(state, error)
    }

    fn on_throttle(&self, state: &RetryState, error: Error) -> ThrottleResult {
        self.0.on_throttle(state, error)
    }

    fn remaining_time(&self, state: &RetryState) -> Option<std::time::Duration> {
        self.0.remaining_time(state)
    }
}

impl<P: PollingErrorPolicy> PollingErrorPolicy for RateLimits<P> {
    fn on_error(&self, state: &PollingState, error: Error) -> RetryResult {
        if error::is_rate_limit(&error) {
            return RetryResult::Continue(error);
        }
        self.0.on_error(state, error)
    }

    fn on_in_progress(&self, state: &PollingState, operation_name: &str) -> Result<(), Error> {
        self.0.on_in_progress(state, operation_name)
    }
}
