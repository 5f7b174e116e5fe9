//! A clock that stands still while bytes are in flight, and advances while a timer is awaited.

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use google_cloud_gax::{
    backoff_policy::BackoffPolicy, retry_result::RetryResult, retry_state::RetryState,
    retry_throttler::RetryThrottler,
};

/// tokio's paused clock, which jumps to the next timer whenever the runtime is idle. That would
/// time out attempts whose bytes are still in a socket, so the clock is held from the start of an
/// attempt until the backoff before the next. Tests may also release it.
///
/// It is held by a blocking task: the clock does not jump while one runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<Mutex<Option<mpsc::Sender<()>>>>);

impl Clock {
    pub(crate) fn held() -> Self {
        let clock = Self::default();
        clock.hold();
        clock
    }

    fn hold(&self) {
        let (sender, receiver) = mpsc::channel();
        *self.0.lock().unwrap() = Some(sender);
        tokio::task::spawn_blocking(move || receiver.recv());
    }

    pub(crate) fn release(&self) {
        self.0.lock().unwrap().take();
    }
}

/// A backoff of one second.
impl BackoffPolicy for Clock {
    fn on_failure(&self, _: &RetryState) -> Duration {
        self.release();
        Duration::from_secs(1)
    }
}

/// A throttler that throttles nothing. It is called after each backoff, and holds the clock again.
impl RetryThrottler for Clock {
    fn throttle_retry_attempt(&self) -> bool {
        self.hold();
        false
    }

    fn on_retry_failure(&mut self, _: &RetryResult) {}

    fn on_success(&mut self) {}
}
