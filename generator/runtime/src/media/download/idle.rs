//! The time for which a connection may be silent.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep};

/// A time limit between two pieces of a body.
pub(super) struct IdleTimeout {
    limit: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    is_running: bool,
}

impl IdleTimeout {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self {
            limit,
            timer: None,
            is_running: false,
        }
    }

    /// Starts over, since something came.
    pub(super) fn reset(&mut self) {
        self.is_running = false;
    }

    /// Is ready when the limit is exceeded, with the limit.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Duration> {
        let Some(limit) = self.limit else {
            return Poll::Pending;
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if !self.is_running {
            timer.as_mut().reset(Instant::now() + limit);
            self.is_running = true;
        }
        timer.as_mut().poll(context).map(|()| limit)
    }
}
