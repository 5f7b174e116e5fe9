//! Bodies of replies, as they arrive.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};

use super::idle::IdleTimeout;
use crate::error::{self, Error, Result};

/// The body of a reply.
pub(crate) enum Incoming {
    Bytes(Bytes),
    Stream(BoxStream<'static, Result<Bytes>>),
    /// The body of a [`reqwest`] response, with the limit for its silence. Most are read to the end at
    /// once, without a stream.
    Response(Box<reqwest::Response>, IdleTimeout),
}

impl Incoming {
    /// Reads the next piece. Errors do not contain the URL.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => (!bytes.is_empty()).then(|| Ok(std::mem::take(bytes))),
            Self::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
            Self::Response(response, idle) => {
                let piece = idle.limit(None, pin!(response.chunk())).await;
                let piece = piece.and_then(|piece| piece.map_err(error::connection));
                piece.transpose()
            }
        }
    }

    pub(crate) fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => Box::pin(Once((!bytes.is_empty()).then_some(bytes))),
            Self::Stream(stream) => stream,
            Self::Response(response, idle) => Box::pin(Pieces {
                pieces: Box::pin(response.bytes_stream()),
                idle,
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
