//! Media that goes on after it broke off.

use std::{
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::{future::BoxFuture, stream::BoxStream};
use tracing::{Instrument as _, Span};

use super::{
    attempt::{self, Attempted, Pinned},
    opening::Opening,
    range::Part,
};
use crate::{
    call::{prepared::Prepared, retry::Attempts},
    error::{self, Error, MediaError, Result},
    media::length::length_of,
    transport::idle::IdleTimeout,
};

/// The bytes of a part of the media, in order and without gaps.
pub(super) struct Resuming {
    request: Arc<Prepared>,
    span: Span,
    pinned: Pinned,
    part: Part,
    /// The position of the next byte.
    position: u64,
    /// The attempts at getting beyond the position at which they began.
    attempts: Option<(Attempts, u64)>,
    idle: IdleTimeout,
    state: State,
}

enum State {
    Reading(Body),
    Requesting(BoxFuture<'static, Result<Option<Attempted>>>),
    Ended,
}

struct Body {
    stream: BoxStream<'static, Result<Bytes>>,
    /// The number of bytes before the position.
    skip: u64,
    /// The position of its end, as far as the reply declares it.
    end: Option<u64>,
    /// Set if it is a part, which need not reach the end of the media.
    is_partial: bool,
}

impl Resuming {
    pub(super) fn new(request: Arc<Prepared>, part: Part, attempted: Attempted) -> Self {
        Self {
            request,
            span: Span::current(),
            pinned: Pinned::new(&attempted.opening, attempted.form),
            part,
            position: part.start,
            attempts: Some((attempted.attempts, part.start)),
            idle: IdleTimeout::new(attempted.limit),
            state: State::reading(attempted.opening),
        }
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Returns the position at which the part ends, if it is known. Media may end before its part.
    pub(super) fn end(&self) -> Option<u64> {
        let total = self.pinned.total?;
        let end = self.part.end.unwrap_or(total).min(total);
        Some(end.max(self.part.start))
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        loop {
            if self.end().or(self.part.end) == Some(self.position) {
                self.state = State::Ended;
            }
            let next = match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Requesting(attempted) => {
                    let attempted = ready!(attempted.as_mut().poll(context));
                    attempted.map(|attempted| self.go_on(attempted))
                }
                State::Reading(body) => match body.stream.as_mut().poll_next(context) {
                    Poll::Ready(Some(Ok(piece))) => match self.take(piece) {
                        Ok(Some(piece)) => return Poll::Ready(Some(Ok(piece))),
                        Ok(None) => continue,
                        Err(error) => Err(error),
                    },
                    Poll::Ready(Some(Err(failure))) => Ok(self.request(Some(failure))),
                    Poll::Ready(None) => self.body_ended(),
                    Poll::Pending => {
                        let limit = ready!(self.idle.poll(context));
                        Ok(self.request(Some(error::timeout(limit))))
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

    /// Returns the bytes of a piece that belong to the part and did not come before.
    fn take(&mut self, mut piece: Bytes) -> Result<Option<Bytes>> {
        self.idle.reset();
        let goal = self.end().or(self.part.end);
        let State::Reading(body) = &mut self.state else {
            return Ok(None);
        };
        let gone = piece.split_to(at_most(body.skip, &piece));
        body.skip -= length_of(&gone);
        if let Some(goal) = goal {
            piece.truncate(at_most(goal.saturating_sub(self.position), &piece));
        }
        let position = self.position.saturating_add(length_of(&piece));
        if let Some(end) = body.end.filter(|end| position > *end) {
            return Err(error::media(MediaError::Protocol {
                problem: format!(
                    "the service sent more than it declared, which ends at byte {end}"
                ),
            }));
        }
        self.position = position;
        Ok((!piece.is_empty()).then_some(piece))
    }

    /// Returns the state after the end of a body, which need not be that of the media.
    fn body_ended(&mut self) -> Result<State> {
        let State::Reading(body) = &self.state else {
            return Ok(State::Ended);
        };
        let (position, start) = (self.position, self.part.start);
        let (skips, is_partial) = (body.skip > 0, body.is_partial);
        match (body.end, self.end()) {
            (Some(end), _) | (_, Some(end)) if position < end => {
                let (came, all) = (position - start, end - start);
                let message = format!("the media ended after {came} of {all} bytes");
                Ok(self.request(Some(error::broken(message))))
            }
            // The part is complete, but the media need not be.
            _ if is_partial => Ok(self.request(None)),
            _ if skips && position > start => Err(error::media(MediaError::Changed)),
            _ if skips => Err(error::media(MediaError::WrongRange {
                requested: self.part.header(),
                sent: None,
            })),
            _ => Ok(State::Ended),
        }
    }

    /// Requests the rest, after a failure if and when the retry policy says so.
    fn request(&mut self, failure: Option<Error>) -> State {
        let attempts = match self.attempts.take() {
            Some((attempts, place)) if place == self.position => attempts,
            // A failure after progress is the first of another step.
            _ => {
                let mut attempts = attempt::attempts(&self.request);
                if failure.is_some() {
                    attempts.begin();
                }
                attempts
            }
        };
        let (request, pinned) = (self.request.clone(), self.pinned.clone());
        let rest = Part {
            start: self.position,
            end: self.part.end,
        };
        let again =
            async move { attempt::again(&request, &rest, &pinned, attempts, failure).await };
        State::Requesting(Box::pin(again.instrument(self.span.clone())))
    }

    fn go_on(&mut self, attempted: Option<Attempted>) -> State {
        let Some(attempted) = attempted else {
            return State::Ended;
        };
        self.attempts = Some((attempted.attempts, self.position));
        self.idle = IdleTimeout::new(attempted.limit);
        self.pinned.bind(&attempted.opening);
        State::reading(attempted.opening)
    }
}

impl State {
    fn reading(opening: Opening) -> Self {
        Self::Reading(Body {
            skip: opening.skip,
            end: opening.end,
            is_partial: opening.status == http::StatusCode::PARTIAL_CONTENT,
            stream: opening.into_stream(),
        })
    }
}

/// Returns a length within a piece.
fn at_most(length: u64, piece: &Bytes) -> usize {
    usize::try_from(length).map_or(piece.len(), |length| length.min(piece.len()))
}
