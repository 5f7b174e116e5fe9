//! Time limits for silent connections.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::{self, Result};

/// The progress of a request's body, which shows that the connection is not silent.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<State>);

#[derive(Default)]
struct State {
    /// True if the connection took a piece since the last look.
    has_moved: AtomicBool,
    /// True while the connection waits for the source of the body.
    is_waiting: AtomicBool,
}

impl Progress {
    /// Watches a body.
    pub(crate) fn watch(&self, body: BoxStream<'static, Result<Bytes>>) -> Watched {
        Watched {
            body,
            progress: self.clone(),
        }
    }

    /// Returns whether the body made progress since the last call, or waits for its source.
    fn is_alive(&self) -> bool {
        let has_moved = self.0.has_moved.swap(false, Ordering::Relaxed);
        has_moved || self.0.is_waiting.load(Ordering::Relaxed)
    }
}

/// A body that reports its progress.
pub(crate) struct Watched {
    body: BoxStream<'static, Result<Bytes>>,
    progress: Progress,
}

impl Stream for Watched {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.body.as_mut().poll_next(context);
        let state = &self.progress.0;
        state
            .is_waiting
            .store(polled.is_pending(), Ordering::Relaxed);
        if polled.is_ready() {
            state.has_moved.store(true, Ordering::Relaxed);
        }
        polled
    }
}

/// A limit for the silence of a connection, over all steps of an attempt.
///
/// All steps share one timer, which starts when a step has to wait. Resetting it on every piece would lock
/// the timers of tokio each time, so it keeps running, and is corrected when it fires.
pub(crate) struct IdleTimeout {
    limit: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    /// The beginning of the wait, if there is one.
    since: Option<Instant>,
}

impl IdleTimeout {
    pub(crate) fn new(limit: Option<Duration>) -> Self {
        Self {
            limit,
            timer: None,
            since: None,
        }
    }

    /// Ends the wait, since something came.
    pub(crate) fn reset(&mut self) {
        self.since = None;
    }

    /// Is ready when the wait exceeds the limit, with the limit.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Duration> {
        let Some(limit) = self.limit else {
            return Poll::Pending;
        };
        let since = *self.since.get_or_insert_with(Instant::now);
        let Some(end) = since.checked_add(limit) else {
            return Poll::Pending;
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(end)));
        loop {
            ready!(timer.as_mut().poll(context));
            if timer.deadline() >= end {
                return Poll::Ready(limit);
            }
            timer.as_mut().reset(end);
        }
    }

    /// Waits for a step, and starts over as long as the body of the request makes progress.
    ///
    /// The time that the source of the body takes does not count. With a body, a silence is noticed
    /// within twice the limit.
    ///
    /// # Errors
    ///
    /// If the connection is silent for longer than the limit.
    pub(crate) async fn limit<T>(
        &mut self,
        progress: Option<&Progress>,
        mut step: Pin<&mut impl Future<Output = T>>,
    ) -> Result<T> {
        poll_fn(|context| {
            if let Poll::Ready(outcome) = step.as_mut().poll(context) {
                self.reset();
                return Poll::Ready(Ok(outcome));
            }
            loop {
                let limit = ready!(self.poll(context));
                if !progress.is_some_and(Progress::is_alive) {
                    return Poll::Ready(Err(error::silence(limit)));
                }
                self.reset();
            }
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use tokio::time::sleep;

    use super::*;

    const LIMIT: Duration = Duration::from_secs(300);

    /// A body of some pieces, each of which takes that long.
    struct Paced {
        left: u32,
        pace: Duration,
        timer: Pin<Box<Sleep>>,
    }

    impl Paced {
        fn new(left: u32, pace: Duration) -> Self {
            let timer = Box::pin(sleep(pace));
            Self { left, pace, timer }
        }
    }

    impl Stream for Paced {
        type Item = Result<Bytes>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Bytes>>> {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            std::task::ready!(self.timer.as_mut().poll(context));
            self.left -= 1;
            let next = Instant::now() + self.pace;
            self.timer.as_mut().reset(next);
            Poll::Ready(Some(Ok(Bytes::from_static(b"piece"))))
        }
    }

    /// A connection that takes a body, with a pause after each piece, and then replies or is silent.
    async fn connection(mut body: Watched, pause: Duration, replies: bool) {
        while poll_fn(|context| Pin::new(&mut body).poll_next(context))
            .await
            .is_some()
        {
            sleep(pause).await;
        }
        if !replies {
            std::future::pending::<()>().await;
        }
    }

    async fn outcome(body: Paced, pause: Duration, replies: bool) -> (bool, Duration) {
        let started = Instant::now();
        let progress = Progress::default();
        let connection = connection(progress.watch(Box::pin(body)), pause, replies);
        let reply = IdleTimeout::new(Some(LIMIT))
            .limit(Some(&progress), pin!(connection))
            .await;
        (reply.is_ok(), started.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_makes_progress_takes_its_time() {
        let seconds = Duration::from_secs;
        // The connection is slow, or the source of the body is.
        let slow = outcome(Paced::new(20, Duration::ZERO), seconds(200), true).await;
        assert_eq!((slow.0, slow.1.as_secs()), (true, 4000));
        let slow = outcome(Paced::new(3, seconds(3600)), Duration::ZERO, true).await;
        assert_eq!((slow.0, slow.1.as_secs()), (true, 10_800));
    }

    #[tokio::test(start_paused = true)]
    async fn a_silence_is_noticed_before_twice_the_limit() {
        let started = Instant::now();
        let nothing = pin!(std::future::pending::<()>());
        let error = IdleTimeout::new(Some(LIMIT))
            .limit(None, nothing)
            .await
            .unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(started.elapsed().as_secs(), 300);

        let seconds = Duration::from_secs;
        let (replied, elapsed) = outcome(Paced::new(3, seconds(100)), Duration::ZERO, false).await;
        assert!(!replied && elapsed >= LIMIT + seconds(300) && elapsed.as_secs() <= 900);
        let (replied, elapsed) = outcome(Paced::new(2, Duration::ZERO), seconds(900), true).await;
        assert!(!replied && elapsed.as_secs() <= 600);
    }
}
