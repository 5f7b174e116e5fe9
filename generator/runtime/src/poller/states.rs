//! The states of an operation as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::{Stream, future::BoxFuture};

use super::{Poller, PollingResult};

/// The states of an operation, one for each poll, with the pauses of the policies between them.
/// Ends after the state [`Completed`](PollingResult::Completed), or an error for which the policy
/// ends the polling.
///
/// Dropping the future of [`next`](Self::next) loses nothing. Neither does dropping the stream, after
/// which the poller can continue in another way:
///
/// ```no_run
/// # use std::time::Duration;
/// # use discovery_runtime::{Poller, Result};
/// # async fn example(mut poller: Poller) -> Result<()> {
/// let mut states = poller.states();
/// let enough = tokio::time::sleep(Duration::from_secs(60));
/// tokio::pin!(enough);
/// loop {
///     tokio::select! {
///         state = states.next() => match state {
///             Some(state) => println!("{state:?}"),
///             None => break,
///         },
///         () = &mut enough => break,
///     }
/// }
/// drop(states);
/// println!("{:?}", poller.cancel_and_wait().await?);
/// # Ok(())
/// # }
/// ```
pub struct States<'a, R, M> {
    turn: Turn<'a, R, M>,
}

enum Turn<'a, R, M> {
    Idle(&'a mut Poller<R, M>),
    Polling(BoxFuture<'a, Polled<'a, R, M>>),
    Lost,
}

/// The poller, returned with the state that it found.
type Polled<'a, R, M> = (&'a mut Poller<R, M>, Option<PollingResult<R, M>>);

impl<R: Send + 'static, M: Send + 'static> Poller<R, M> {
    /// Returns the states as a stream, one for each poll.
    pub fn states(&mut self) -> States<'_, R, M> {
        States {
            turn: Turn::Idle(self),
        }
    }
}

impl<'a, R: Send + 'static, M: Send + 'static> States<'a, R, M> {
    fn next_state(&mut self, context: &mut Context<'_>) -> Poll<Option<PollingResult<R, M>>> {
        loop {
            match std::mem::replace(&mut self.turn, Turn::Lost) {
                Turn::Idle(poller) => {
                    self.turn = Turn::Polling(Box::pin(async move {
                        let state = poller.step().await;
                        (poller, state)
                    }));
                }
                Turn::Polling(mut polling) => match polling.as_mut().poll(context) {
                    Poll::Ready((poller, state)) => {
                        self.turn = Turn::Idle(poller);
                        return Poll::Ready(state);
                    }
                    Poll::Pending => {
                        self.turn = Turn::Polling(polling);
                        return Poll::Pending;
                    }
                },
                Turn::Lost => return Poll::Ready(None),
            }
        }
    }

    /// Returns the next state, `None` after the last.
    pub async fn next(&mut self) -> Option<PollingResult<R, M>> {
        poll_fn(|context| self.next_state(context)).await
    }
}

impl<R: Send + 'static, M: Send + 'static> Stream for States<'_, R, M> {
    type Item = PollingResult<R, M>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.next_state(context)
    }
}

impl<R, M> fmt::Debug for States<'_, R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("States").finish_non_exhaustive()
    }
}
