//! Readers and streams, as pieces of media.

use std::{
    error::Error as StdError,
    io,
    pin::{Pin, pin},
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// The number of bytes that are read at once, if the reader has them.
const PIECE: usize = 128 * 1024;
/// The room in a buffer, in bytes, below which another is allocated.
const ROOM: usize = 32 * 1024;

/// The pieces of a reader.
pub(super) struct ReaderPieces<R> {
    reader: Pin<Box<R>>,
    buffer: BytesMut,
}

impl<R: AsyncRead> ReaderPieces<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: BytesMut::new(),
        }
    }
}

impl<R: AsyncRead> Stream for ReaderPieces<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        // Small reads share a buffer, so that they take no more memory than they fill.
        if this.buffer.capacity() - this.buffer.len() < ROOM {
            this.buffer.reserve(PIECE);
        }
        let read = pin!(this.reader.read_buf(&mut this.buffer));
        match ready!(read.poll(context)) {
            Ok(0) => Poll::Ready(None),
            Ok(_) => Poll::Ready(Some(Ok(this.buffer.split().freeze()))),
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}

/// A stream whose errors are converted to [`io::Error`].
pub(super) struct MapErr<S>(Pin<Box<S>>);

impl<S> MapErr<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, E> Stream for MapErr<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map_err(io::Error::other)))
    }
}
