//! The body of a reply, as it comes in.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;

use crate::{
    error::{self, Error, Result},
    transport::BoxStream,
};

/// The body of a reply.
pub(crate) enum Incoming {
    Bytes(Bytes),
    Stream(BoxStream),
    /// What [`reqwest`] reads. Most bodies are read to their end at once, which takes no stream.
    Response(Box<reqwest::Response>),
}

impl Incoming {
    /// The next piece. Errors name no URL.
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

    pub(crate) fn into_stream(self) -> BoxStream {
        match self {
            Self::Bytes(bytes) => Box::pin(Once((!bytes.is_empty()).then_some(bytes))),
            Self::Stream(stream) => stream,
            Self::Response(response) => Box::pin(Pieces(Box::pin(response.bytes_stream()))),
        }
    }
}

/// The pieces that [`reqwest`] reads.
struct Pieces<S>(Pin<Box<S>>);

impl<S: Stream<Item = reqwest::Result<Bytes>>> Stream for Pieces<S> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map_err(error::connection)))
    }
}

/// A stream of one piece, or none.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
