//! Media as the body of a request.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::{Stream, future::BoxFuture};

use super::{
    length::length_of,
    meter::Meter,
    source::{Pieces, Source},
};
use crate::{
    call::payload::Reopen,
    error::{self, Error, Result},
    transport::body::{Body, Content},
};

/// Media, or a part of it, between the head and the tail of a multipart body.
pub(crate) struct MediaPayload {
    pub(super) head: Bytes,
    pub(super) source: Source,
    /// The position of the first byte in the media.
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

    fn assume_sent(&self) {
        let length = self.length.unwrap_or_default();
        self.meter.assume_sent(self.offset.saturating_add(length));
    }
}

impl MediaPayload {
    async fn body(&self) -> Result<Body> {
        self.meter.begin_body();
        let pieces = self.source.open(self.offset, self.length).await;
        let media = LengthChecked {
            pieces: pieces.map_err(error::serialization)?,
            position: self.offset,
            seen: 0,
            ended: false,
            length: self.length,
            limit: self.limit,
            meter: self.meter.clone(),
        };
        let around = length_of(&self.head).saturating_add(length_of(&self.tail));
        let body = FramedBody {
            head: self.head.clone(),
            media: Some(media),
            tail: self.tail.clone(),
            meter: self.meter.clone(),
        };
        body.note_end();
        Ok(Body {
            length: self.length.map(|length| length.saturating_add(around)),
            content: Content::Stream(Box::pin(body)),
        })
    }
}

/// Media that has the length that was announced, and is not above the limit.
struct LengthChecked {
    pieces: Pieces,
    position: u64,
    seen: u64,
    ended: bool,
    length: Option<u64>,
    limit: Option<u64>,
    meter: Meter,
}

impl LengthChecked {
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
        match &piece {
            Some(piece) => {
                self.meter.sent(self.position, piece);
                self.position = self.position.saturating_add(added);
            }
            None => self.ended = true,
        }
        Poll::Ready(piece.map(Ok))
    }

    /// Returns whether all of it has been handed out. No more is read than was announced.
    fn is_complete(&self) -> bool {
        self.ended || self.length == Some(self.seen)
    }
}

/// Checks that so much may have been read, or may be everything.
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

/// Media between a head and a tail, which may be empty.
struct FramedBody {
    head: Bytes,
    /// `None` after a failure.
    media: Option<LengthChecked>,
    tail: Bytes,
    meter: Meter,
}

impl FramedBody {
    /// Records the end of the body, once everything has been handed out.
    fn note_end(&self) {
        let complete = self.media.as_ref().is_some_and(LengthChecked::is_complete);
        if complete && self.head.is_empty() && self.tail.is_empty() {
            self.meter.end_body();
        }
    }

    fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if !self.head.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.head))));
        }
        let Some(media) = &mut self.media else {
            return Poll::Ready(None);
        };
        if !media.ended {
            match ready!(media.poll_piece(context)) {
                Some(Ok(piece)) => return Poll::Ready(Some(Ok(piece))),
                Some(Err(error)) => {
                    self.media = None;
                    return Poll::Ready(Some(Err(error::serialization(error))));
                }
                None => {}
            }
        }
        let tail = std::mem::take(&mut self.tail);
        Poll::Ready((!tail.is_empty()).then_some(Ok(tail)))
    }
}

impl Stream for FramedBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let part = ready!(self.poll_part(context));
        self.note_end();
        Poll::Ready(part)
    }
}
