//! The time that a step may take.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::{self, Result};

/// What is left of the time for one step, whose exchanges with the service share it. To read the
/// media takes none of it: how fast that comes is no matter of the service.
pub(super) struct Allowance {
    limit: Option<Duration>,
    spent: Duration,
}

impl Allowance {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self {
            limit,
            spent: Duration::ZERO,
        }
    }

    /// An exchange that is ended if the step takes longer than it may.
    pub(super) async fn spend<T>(
        &mut self,
        exchange: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let Some(limit) = self.limit else {
            return exchange.await;
        };
        let began = Instant::now();
        let left = limit.saturating_sub(self.spent);
        let outcome = tokio::time::timeout(left, exchange).await;
        self.spent = self.spent.saturating_add(began.elapsed());
        outcome.unwrap_or_else(|_| Err(error::timeout(limit)))
    }
}
