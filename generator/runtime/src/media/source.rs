//! Sources of media.

use std::{
    io,
    path::Path,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;

use super::{
    file::{FilePieces, FileSource},
    length::length_of,
};

/// The largest piece of bytes in memory, so that progress can be reported.
const PIECE: usize = 256 * 1024;

pub(super) type BoxPieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;
type Once = Arc<Mutex<Option<BoxPieces>>>;

/// A source of media. Clones share a stream, which can be read only once.
#[derive(Clone)]
pub(crate) enum Source {
    Bytes(Bytes),
    File(Arc<FileSource>),
    /// Empty once reading has begun.
    Once(Once),
    /// A part of the media that was read, and is kept to be sent again.
    Kept(Vec<Bytes>),
}

impl Source {
    pub(super) fn once(pieces: BoxPieces) -> Self {
        Self::Once(Arc::new(Mutex::new(Some(pieces))))
    }

    /// Returns a file and its length.
    pub(super) async fn file(path: &Path) -> io::Result<(Self, u64)> {
        let file = FileSource::find(path).await?;
        let length = file.length();
        Ok((Self::File(Arc::new(file)), length))
    }

    /// Returns whether it can be read from any position, any number of times.
    pub(super) fn is_rewindable(&self) -> bool {
        !matches!(self, Self::Once(_))
    }

    /// Returns whether it can be read now.
    pub(super) fn is_readable(&self) -> bool {
        match self {
            Self::Once(slot) => {
                let slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
                slot.is_some()
            }
            _ => true,
        }
    }

    /// Reads at most `length` bytes from `offset` on; a stream, to its end.
    pub(super) async fn open(&self, offset: u64, length: Option<u64>) -> io::Result<Pieces> {
        let length = length.unwrap_or(u64::MAX);
        Ok(match self {
            Self::Bytes(bytes) => Pieces::Bytes(part(bytes, offset, length)),
            Self::File(file) => Pieces::File(file.open(offset, length).await?),
            Self::Once(slot) => Pieces::Once(slot.clone(), None),
            Self::Kept(pieces) => Pieces::Kept(pieces.clone().into_iter()),
        })
    }
}

fn part(bytes: &Bytes, offset: u64, length: u64) -> Bytes {
    let end = offset.saturating_add(length).min(length_of(bytes));
    let [start, end] = [offset.min(end), end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
    bytes.slice(start..end)
}

/// Media in pieces, none of which is empty.
pub(super) enum Pieces {
    Bytes(Bytes),
    File(FilePieces),
    /// Taken from its slot when the first piece is polled, so that an attempt which never gets that far
    /// leaves it to the next.
    Once(Once, Option<BoxPieces>),
    Kept(std::vec::IntoIter<Bytes>),
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let (slot, stream) = match self.get_mut() {
            Self::Bytes(bytes) if bytes.is_empty() => return Poll::Ready(None),
            Self::Bytes(bytes) => {
                let piece = bytes.split_to(bytes.len().min(PIECE));
                return Poll::Ready(Some(Ok(piece)));
            }
            Self::File(file) => return Pin::new(file).poll_next(context),
            Self::Kept(pieces) => return Poll::Ready(pieces.next().map(Ok)),
            Self::Once(slot, stream) => (slot, stream),
        };
        if stream.is_none() {
            *stream = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        let Some(stream) = stream else {
            let message = "because its media was read before";
            return Poll::Ready(Some(Err(io::Error::other(message))));
        };
        loop {
            return Poll::Ready(match ready!(stream.as_mut().poll_next(context)) {
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Err(error)) => {
                    let message = format!("because its media cannot be read: {error}");
                    Some(Err(io::Error::new(error.kind(), message)))
                }
                piece => piece,
            });
        }
    }
}

impl Pieces {
    pub(super) async fn next(&mut self) -> Option<io::Result<Bytes>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}
