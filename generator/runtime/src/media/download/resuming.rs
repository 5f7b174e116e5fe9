//! Media that goes on after it broke off.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::{future::BoxFuture, stream::BoxStream};
use tokio::time::{Instant, Sleep, sleep};
use tracing::{Instrument as _, Span};

use super::{
    answer::Opened,
    asking::{self, Asked, Known},
    range::Part,
};
use crate::{
    call::{prepared::Prepared, retry::Attempts},
    error::{self, Error, MediaError, Result},
    media::length_of,
};

/// Bytes of the media from a place to its end, or to another place.
pub(super) struct Resuming {
    request: Arc<Prepared>,
    span: Span,
    known: Known,
    part: Part,
    /// Where it ends, if that is known.
    end: Option<u64>,
    /// The place of the byte that comes next.
    position: u64,
    /// Attempts at getting beyond the place where they began.
    attempts: Option<(Attempts, u64)>,
    patience: Patience,
    state: State,
}

enum State {
    Reading {
        body: BoxStream<'static, Result<Bytes>>,
        skip: u64,
    },
    Asking(BoxFuture<'static, Result<Option<Asked>>>),
    Ended,
}

impl Resuming {
    pub(super) fn new(request: Arc<Prepared>, part: Part, asked: Asked) -> Self {
        let opened = asked.opened;
        Self {
            request,
            span: Span::current(),
            known: Known {
                version: opened.version.clone(),
                total: opened.total,
                is_plain: !opened.is_encoded(),
            },
            part,
            end: opened.end,
            position: part.start,
            attempts: Some((asked.attempts, part.start)),
            patience: Patience::new(asked.limit),
            state: State::reading(opened),
        }
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    pub(super) fn end(&self) -> Option<u64> {
        self.end
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        loop {
            if self.end.or(self.part.end) == Some(self.position) {
                self.state = State::Ended;
            }
            let next = match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Asking(asking) => {
                    let asked = ready!(asking.as_mut().poll(context));
                    asked.map(|asked| self.go_on(asked))
                }
                State::Reading { body, .. } => match body.as_mut().poll_next(context) {
                    Poll::Ready(Some(Ok(piece))) => match self.take(piece) {
                        Some(piece) => return Poll::Ready(Some(Ok(piece))),
                        None => continue,
                    },
                    Poll::Ready(Some(Err(failure))) => Ok(self.ask_again(failure)),
                    Poll::Ready(None) => self.body_ended(),
                    Poll::Pending => {
                        let limit = ready!(self.patience.poll(context));
                        Ok(self.ask_again(error::timeout(limit)))
                    }
                },
            };
            match next {
                Ok(state) => self.state = state,
                Err(error) => {
                    self.state = State::Ended;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    /// What of a piece belongs to the part and did not come before.
    fn take(&mut self, mut piece: Bytes) -> Option<Bytes> {
        self.patience.renew();
        if let State::Reading { skip, .. } = &mut self.state {
            let gone = piece.split_to(at_most(*skip, &piece));
            *skip -= length_of(&gone);
        }
        if let Some(end) = self.end.or(self.part.end) {
            piece.truncate(at_most(end.saturating_sub(self.position), &piece));
        }
        self.position = self.position.saturating_add(length_of(&piece));
        (!piece.is_empty()).then_some(piece)
    }

    /// What follows the end of a body, which need not be that of the media.
    fn body_ended(&mut self) -> Result<State> {
        let skips = matches!(self.state, State::Reading { skip: 1.., .. });
        let (position, start) = (self.position, self.part.start);
        match self.end {
            None if skips && position > start => Err(error::media(MediaError::Changed)),
            None if skips => Err(error::media(MediaError::WrongRange {
                asked: self.part.header(),
                sent: None,
            })),
            None => Ok(State::Ended),
            Some(end) => {
                let (came, all) = (position - start, end.saturating_sub(start));
                let message = format!("the media ended after {came} of {all} bytes");
                Ok(self.ask_again(error::broken(message)))
            }
        }
    }

    /// Asks for the rest, if and when the retry policy says so.
    fn ask_again(&mut self, failure: Error) -> State {
        let attempts = match self.attempts.take() {
            Some((attempts, place)) if place == self.position => attempts,
            // What got further and then broke off is another step's first failure.
            _ => {
                let mut attempts = asking::attempts(&self.request);
                attempts.begin();
                attempts
            }
        };
        let (request, known) = (self.request.clone(), self.known.clone());
        let rest = Part {
            start: self.position,
            end: self.part.end,
        };
        let again = async move { asking::again(&request, &rest, &known, attempts, failure).await };
        State::Asking(Box::pin(again.instrument(self.span.clone())))
    }

    fn go_on(&mut self, asked: Option<Asked>) -> State {
        let Some(asked) = asked else {
            return State::Ended;
        };
        self.attempts = Some((asked.attempts, self.position));
        self.patience = Patience::new(asked.limit);
        self.end = self.end.or(asked.opened.end);
        State::reading(asked.opened)
    }
}

impl State {
    fn reading(opened: Opened) -> Self {
        Self::Reading {
            skip: opened.skip,
            body: opened.into_stream(),
        }
    }
}

fn at_most(length: u64, piece: &Bytes) -> usize {
    usize::try_from(length).map_or(piece.len(), |length| length.min(piece.len()))
}

/// How long a connection may be silent.
struct Patience {
    limit: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    is_running: bool,
}

impl Patience {
    fn new(limit: Option<Duration>) -> Self {
        Self {
            limit,
            timer: None,
            is_running: false,
        }
    }

    fn renew(&mut self) {
        self.is_running = false;
    }

    /// Is ready when it is at its end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Duration> {
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
