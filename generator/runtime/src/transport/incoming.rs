//! Bodies of replies, as they arrive.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};
use tokio::time::timeout;

use super::idle::IdleTimeout;
use crate::error::{self, Error, Result};

/// The body of a reply.
pub(crate) enum Incoming {
    Bytes(Bytes),
    Stream(BoxStream<'static, Result<Bytes>>),
    /// The body of a [`reqwest`] response, with the limit for its silence. Most are read to the end at
    /// once, without a stream.
    Response(Box<reqwest::Response>, Option<Duration>),
}

impl Incoming {
    /// Reads the next piece. Errors do not contain the URL.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => (!bytes.is_empty()).then(|| Ok(std::mem::take(bytes))),
            Self::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
            Self::Response(response, limit) => {
                let piece = match *limit {
                    None => response.chunk().await,
                    Some(limit) => match timeout(limit, response.chunk()).await {
                        Ok(piece) => piece,
                        Err(_) => return Some(Err(error::silence(limit))),
                    },
                };
                piece.map_err(error::connection).transpose()
            }
        }
    }

    pub(crate) fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => Box::pin(Once((!bytes.is_empty()).then_some(bytes))),
            Self::Stream(stream) => stream,
            Self::Response(response, limit) => Box::pin(Pieces {
                pieces: Box::pin(response.bytes_stream()),
                idle: IdleTimeout::new(limit),
            }),
        }
    }
}

/// The pieces of a [`reqwest`] response.
struct Pieces<S> {
    pieces: Pin<Box<S>>,
    idle: IdleTimeout,
}

impl<S: Stream<Item = reqwest::Result<Bytes>>> Stream for Pieces<S> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(piece) = self.pieces.as_mut().poll_next(context) {
            self.idle.reset();
            return Poll::Ready(piece.map(|piece| piece.map_err(error::connection)));
        }
        let limit = ready!(self.idle.poll(context));
        Poll::Ready(Some(Err(error::silence(limit))))
    }
}

/// A stream of at most one piece.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
