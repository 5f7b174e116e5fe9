//! The time that a step may take.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::{self, Result};

/// The rest of the time for one step, whose exchanges with the service share it. Reading the media
/// takes none of it: how fast that comes does not depend on the service.
pub(super) struct StepBudget {
    limit: Option<Duration>,
    spent: Duration,
}

impl StepBudget {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self {
            limit,
            spent: Duration::ZERO,
        }
    }

    /// Runs an exchange, and ends it if the step takes longer than it may.
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
