//! Bodies of replies, as they arrive.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};

use crate::error::{self, Error, Result};

/// The body of a reply.
pub(crate) enum Incoming {
    Bytes(Bytes),
    Stream(BoxStream<'static, Result<Bytes>>),
    /// The body of a [`reqwest`] response. Most are read to the end at once, without a stream.
    Response(Box<reqwest::Response>),
}

impl Incoming {
    /// Reads the next piece. Errors do not contain the URL.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => (!bytes.is_empty()).then(|| Ok(std::mem::take(bytes))),
            Self::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
            Self::Response(response) => {
                let piece = response.chunk().await.transpose();
                piece.map(|piece| piece.map_err(error::connection))
            }
        }
    }

    pub(crate) fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => Box::pin(Once((!bytes.is_empty()).then_some(bytes))),
            Self::Stream(stream) => stream,
            Self::Response(response) => Box::pin(Pieces(Box::pin(response.bytes_stream()))),
        }
    }
}

/// The pieces of a [`reqwest`] response.
struct Pieces<S>(Pin<Box<S>>);

impl<S: Stream<Item = reqwest::Result<Bytes>>> Stream for Pieces<S> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map_err(error::connection)))
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
