//! A clock that stands still while bytes are on their way, and goes on while someone waits.

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use google_cloud_gax::{
    backoff_policy::BackoffPolicy, retry_result::RetryResult, retry_state::RetryState,
    retry_throttler::RetryThrottler,
};

/// tokio's paused clock, which jumps to the next timer whenever nothing else is to be done. That
/// would end attempts whose bytes are still in a socket, so that here it is held: from the
/// beginning of an attempt to the wait for the next, and whoever else waits may release it.
///
/// It is held by a blocking task, while one of which runs the clock does not jump.
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

/// Waits of one second.
impl BackoffPolicy for Clock {
    fn on_failure(&self, _: &RetryState) -> Duration {
        self.release();
        Duration::from_secs(1)
    }
}

/// A throttler that holds nothing back but the clock: it is asked after each wait.
impl RetryThrottler for Clock {
    fn throttle_retry_attempt(&self) -> bool {
        self.hold();
        false
    }

    fn on_retry_failure(&mut self, _: &RetryResult) {}

    fn on_success(&mut self) {}
}
