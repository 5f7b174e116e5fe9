//! Time limits for silent connections.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};
use tokio::time::{Instant, Sleep, sleep, timeout};

use crate::error::{self, Result};

/// The progress of a request's body, which shows that the connection is not silent.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<State>);

#[derive(Default)]
struct State {
    /// The number of pieces that the connection took.
    pieces: AtomicU64,
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

    fn pieces(&self) -> u64 {
        self.0.pieces.load(Ordering::Relaxed)
    }

    fn is_waiting(&self) -> bool {
        self.0.is_waiting.load(Ordering::Relaxed)
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
            state.pieces.fetch_add(1, Ordering::Relaxed);
        }
        polled
    }
}

/// Waits for a reply for as long as the request makes progress, and then for the limit.
///
/// The time that the source of the body takes does not count. A silence is noticed after the limit, and
/// within twice the limit.
///
/// # Errors
///
/// If the connection is silent for longer.
pub(crate) async fn unless_silent<T>(
    limit: Option<Duration>,
    progress: Option<Progress>,
    mut reply: Pin<&mut impl Future<Output = T>>,
) -> Result<T> {
    let Some(limit) = limit else {
        return Ok(reply.await);
    };
    loop {
        let before = progress.as_ref().map(Progress::pieces);
        if let Ok(reply) = timeout(limit, reply.as_mut()).await {
            return Ok(reply);
        }
        let is_silent =
            |progress: &Progress| !progress.is_waiting() && Some(progress.pieces()) == before;
        if progress.as_ref().is_none_or(is_silent) {
            return Err(error::silence(limit));
        }
    }
}

/// A time limit between two pieces of a body.
pub(crate) struct IdleTimeout {
    limit: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    is_running: bool,
}

impl IdleTimeout {
    pub(crate) fn new(limit: Option<Duration>) -> Self {
        Self {
            limit,
            timer: None,
            is_running: false,
        }
    }

    /// Starts over, since something came.
    pub(crate) fn reset(&mut self) {
        self.is_running = false;
    }

    /// Is ready when the limit is exceeded, with the limit.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Duration> {
        let deadline = |limit| Instant::now().checked_add(limit);
        let Some((limit, deadline)) = self.limit.and_then(|limit| Some((limit, deadline(limit)?)))
        else {
            return Poll::Pending;
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if !self.is_running {
            timer.as_mut().reset(deadline);
            self.is_running = true;
        }
        timer.as_mut().poll(context).map(|()| limit)
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, pin::pin};

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
        let reply = unless_silent(Some(LIMIT), Some(progress), pin!(connection)).await;
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
        let error = unless_silent(Some(LIMIT), None, nothing).await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(started.elapsed().as_secs(), 300);

        let seconds = Duration::from_secs;
        let (replied, elapsed) = outcome(Paced::new(3, seconds(100)), Duration::ZERO, false).await;
        assert!(!replied && elapsed >= LIMIT + seconds(300) && elapsed.as_secs() <= 900);
        let (replied, elapsed) = outcome(Paced::new(2, Duration::ZERO), seconds(900), true).await;
        assert!(!replied && elapsed.as_secs() <= 600);
    }
}
