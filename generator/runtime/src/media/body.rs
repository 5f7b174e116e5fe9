//! Media as the body of a request.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::{Stream, future::BoxFuture};

use super::{
    length_of,
    meter::Meter,
    source::{Pieces, Source},
};
use crate::{
    call::payload::Reopen,
    error::{self, Error, Result},
    transport::body::{Body, Content},
};

/// Media, or a part of it, between two pieces of a multipart envelope.
pub(crate) struct MediaPayload {
    pub(super) head: Bytes,
    pub(super) source: Source,
    /// The place of the first byte in the media.
    pub(super) offset: u64,
    pub(super) length: Option<u64>,
    /// The largest length that the method takes.
    pub(super) limit: Option<u64>,
    pub(super) tail: Bytes,
    pub(super) meter: Meter,
}

impl Reopen for MediaPayload {
    fn is_repeatable(&self) -> bool {
        self.source.is_readable()
    }

    fn open(&self) -> BoxFuture<'_, Result<Body>> {
        Box::pin(self.body())
    }
}

impl MediaPayload {
    async fn body(&self) -> Result<Body> {
        let pieces = self.source.open(self.offset, self.length).await;
        let media = Exact {
            pieces: pieces.map_err(error::serialization)?,
            position: self.offset,
            seen: 0,
            length: self.length,
            limit: self.limit,
            meter: self.meter.clone(),
        };
        let around = length_of(&self.head).saturating_add(length_of(&self.tail));
        Ok(Body {
            length: self.length.map(|length| length.saturating_add(around)),
            content: Content::Stream(Box::pin(Envelope {
                head: Some(self.head.clone()),
                media: Some(media),
                tail: Some(self.tail.clone()),
            })),
        })
    }
}

/// Media of the length that was announced, and not above the limit.
struct Exact {
    pieces: Pieces,
    position: u64,
    seen: u64,
    length: Option<u64>,
    limit: Option<u64>,
    meter: Meter,
}

impl Exact {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let piece = match ready!(Pin::new(&mut self.pieces).poll_next(context)) {
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(piece)) => Some(piece),
            None => None,
        };
        let added = piece.as_deref().map_or(0, length_of);
        self.seen = self.seen.saturating_add(added);
        let checked = check(self.seen, piece.is_none(), self.length, self.limit);
        if let Err(error) = checked {
            return Poll::Ready(Some(Err(error)));
        }
        if let Some(piece) = &piece {
            self.meter.sent(self.position, piece);
            self.position = self.position.saturating_add(added);
        }
        Poll::Ready(piece.map(Ok))
    }
}

/// Whether so much may have been read, or be all.
pub(super) fn check(
    seen: u64,
    ended: bool,
    length: Option<u64>,
    limit: Option<u64>,
) -> io::Result<()> {
    let wrong = match (length, limit) {
        (Some(length), _) if seen > length => {
            format!("because the media is longer than the {length} bytes that were announced")
        }
        (Some(length), _) if ended && seen < length => format!(
            "because the media ended after {seen} of the {length} bytes that were announced"
        ),
        (_, Some(limit)) if seen > limit => {
            format!("because the media is larger than {limit} bytes, which is all the method takes")
        }
        _ => return Ok(()),
    };
    Err(io::Error::other(wrong))
}

/// Media between what stands before and after it.
struct Envelope {
    head: Option<Bytes>,
    media: Option<Exact>,
    tail: Option<Bytes>,
}

impl Stream for Envelope {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(head) = self.head.take().filter(|head| !head.is_empty()) {
            return Poll::Ready(Some(Ok(head)));
        }
        if let Some(media) = &mut self.media {
            match ready!(media.poll_piece(context)) {
                Some(Ok(piece)) => return Poll::Ready(Some(Ok(piece))),
                Some(Err(error)) => {
                    (self.media, self.tail) = (None, None);
                    return Poll::Ready(Some(Err(error::serialization(error))));
                }
                None => self.media = None,
            }
        }
        let tail = self.tail.take().filter(|tail| !tail.is_empty());
        Poll::Ready(tail.map(Ok))
    }
}
