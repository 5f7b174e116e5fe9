//! The retry policy of transfers, unless the caller has one.

use std::{error::Error as _, sync::Arc};

use google_cloud_gax::{
    options::RequestOptions,
    retry_policy::{RetryPolicy, RetryPolicyExt as _},
    retry_result::RetryResult,
    retry_state::RetryState,
};
use tracing::Span;

use crate::{
    call::retry::Attempts,
    client::Client,
    error::{self, Error, MediaError},
};

/// The number of attempts at one step, the first included.
const ATTEMPTS: u32 = 10;

/// A step of a transfer that goes on where it stopped can be taken again after any failure that may
/// pass, by what Google says of
/// [uploads](https://developers.google.com/workspace/drive/api/guides/manage-uploads#resume-upload)
/// and [downloads](https://docs.cloud.google.com/storage/docs/retry-strategy): more than AIP-194
/// allows for calls that may have been carried out.
#[derive(Debug)]
struct Transient;

impl RetryPolicy for Transient {
    fn on_error(&self, state: &RetryState, error: Error) -> RetryResult {
        let passing = error.is_io()
            || error.is_timeout()
            || error::is_rate_limit(&error)
            || matches!(error.http_status_code(), Some(408 | 500 | 502 | 503 | 504));
        if error.is_transient_and_before_rpc() || (state.idempotent && passing) {
            RetryResult::Continue(error)
        } else {
            RetryResult::Permanent(error)
        }
    }
}

/// Returns the attempts at a step, by the policies of the call or the client if they have any.
pub(super) fn attempts(client: &Client, options: &RequestOptions, idempotent: bool) -> Attempts {
    let mut config = client.0.retry.clone();
    let own: fn() -> Arc<dyn RetryPolicy> = || Arc::new(Transient.with_attempt_limit(ATTEMPTS));
    config.policy = config.policy.or_else(|| Some(own()));
    Attempts::new(&config, options, idempotent, Span::current())
}

/// Returns whether another attempt would fail in the same way, whatever a policy decides.
pub(super) fn is_final(error: &Error) -> bool {
    let source = error.source();
    error.is_serialization() || source.is_some_and(|source| source.is::<MediaError>())
}
