//! Replies of methods that stream: several messages, one after the other.

mod elements;
mod message;

use std::{
    fmt,
    future::{poll_fn, ready},
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::{Stream, future::BoxFuture, stream::BoxStream};
use http::StatusCode;
use serde::de::{self, DeserializeOwned};

use crate::{
    call::{
        prepared::Prepared,
        request::Request,
        response::{self, BodyUse, Response},
        trace,
    },
    description::method::Method,
    error::{self, Error, Result},
    request::builder::Sending,
};
use elements::Elements;

impl Request {
    /// Sends the request when the first message is read, and returns the messages of the response as they
    /// arrive.
    pub fn stream<M: DeserializeOwned>(self) -> MessageStream<M> {
        let method = self.method;
        let limit = self.client.0.max_response_size;
        let prepared = Prepared::json(self);
        let opening = async move {
            let response = |response| ready(Ok(response));
            prepared?.send(BodyUse::Streamed, response).await
        };
        MessageStream {
            method,
            elements: Elements::new(limit),
            limit,
            piece: Bytes::new(),
            status: StatusCode::OK,
            state: State::Opening(Box::pin(opening)),
            message: PhantomData,
        }
    }

    /// Sends the request and returns all messages of the response.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), and the error that the service reports in place of a message.
    pub async fn send_all<M: DeserializeOwned>(self) -> Result<Vec<M>> {
        let method = self.method;
        let messages = |response| ready(decode_all(method, response));
        Prepared::json(self)?.send(BodyUse::Whole, messages).await
    }

    /// As [`send_all`](Self::send_all), in a box.
    #[doc(hidden)]
    pub fn sending_all<M: DeserializeOwned + Send + 'static>(self) -> Sending<Vec<M>> {
        Box::pin(self.send_all())
    }
}

/// Decodes all messages of a response.
fn decode_all<M: DeserializeOwned>(method: &'static Method, response: Response) -> Result<Vec<M>> {
    let mut messages = Vec::new();
    if response.has_no_content() {
        return Ok(messages);
    }
    let mut elements = Elements::new(response.body.len());
    let mut rest = response.body.clone();
    let end = loop {
        match elements.next(&mut rest) {
            Ok(Some(body)) => {
                let element = Response::new(response.status, body, response.limit);
                messages.push(message::decode(method, element)?);
            }
            Ok(None) => break elements.finish(),
            Err(problem) => break Err(problem),
        }
    };
    end.map_err(|problem| {
        let source = de::Error::custom(problem);
        response::undecodable::<Vec<M>>(method, source, response)
    })?;
    Ok(messages)
}

/// The messages of a method that streams, as they arrive.
///
/// The service may send a JSON array, objects one after the other, or one object. Memory is needed for
/// one message at a time, whose size
/// [`with_max_response_size`](crate::ClientBuilder::with_max_response_size) limits.
///
/// Ends after the last message and after an error: of the call, of the connection, of a message that
/// cannot be decoded, or one that the service reports in place of a message. A response that breaks off is
/// an error, too. Errors after the first message are not retried.
///
/// Dropping the future of [`next`](Self::next) loses nothing; dropping the stream ends the request.
#[must_use = "nothing is sent until messages are read"]
pub struct MessageStream<M> {
    method: &'static Method,
    elements: Elements,
    /// The largest message, in bytes.
    limit: usize,
    /// Bytes that arrived, but were not read.
    piece: Bytes,
    status: StatusCode,
    state: State,
    message: PhantomData<fn() -> M>,
}

enum State {
    Opening(BoxFuture<'static, Result<Response>>),
    Reading(BoxStream<'static, Result<Bytes>>),
    Ended,
}

impl<M: DeserializeOwned> MessageStream<M> {
    /// Returns the next message, `None` at the end.
    ///
    /// # Errors
    ///
    /// Errors of the call and of the connection, and the one that the service reports in place of a
    /// message.
    pub async fn next(&mut self) -> Option<Result<M>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<M>>> {
        let message = ready!(self.poll_message(context));
        if let Some(Err(error)) = &message {
            if !matches!(self.state, State::Opening(_)) {
                trace::broken_off(self.method, error);
            }
            self.piece = Bytes::new();
            self.state = State::Ended;
        }
        Poll::Ready(message)
    }

    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<M>>> {
        loop {
            match self.elements.next(&mut self.piece) {
                Ok(Some(body)) => {
                    let element = Response::new(self.status, body, self.limit);
                    return Poll::Ready(Some(message::decode(self.method, element)));
                }
                Ok(None) => {}
                Err(problem) => return Poll::Ready(Some(Err(self.malformed(&problem)))),
            }
            match &mut self.state {
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(response) => self.open(response),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Reading(body) => match ready!(body.as_mut().poll_next(context)) {
                    Some(Ok(piece)) => self.piece = piece,
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => {
                        self.state = State::Ended;
                        let end = self.elements.finish().err();
                        let error = end.map(|problem| Err(self.malformed(&problem)));
                        return Poll::Ready(error);
                    }
                },
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    fn open(&mut self, response: Response) {
        self.status = response.status;
        self.state = match response.status {
            StatusCode::NO_CONTENT => State::Ended,
            _ => State::Reading(response.rest.into_stream()),
        };
    }

    fn malformed(&self, problem: &str) -> Error {
        error::deserialization(format!("of {}: {problem}", self.method.id()))
    }
}

impl<M: DeserializeOwned> Stream for MessageStream<M> {
    type Item = Result<M>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<M> fmt::Debug for MessageStream<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageStream")
            .field("method", &self.method.id())
            .finish_non_exhaustive()
    }
}
