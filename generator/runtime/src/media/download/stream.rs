//! Media that comes piece by piece.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode, header};

use super::{asking, range::Part, resuming::Resuming};
use crate::{
    call::prepared::Prepared,
    error::{self, Result},
    media::{
        checksum::{Checksums, Hasher, Kinds, Reported},
        progress::Progress,
    },
};

/// Media that is being downloaded, in pieces of whatever size they come.
///
/// Dropping it ends the download. Dropping the future of [`next`](Self::next) loses nothing.
pub struct MediaStream {
    status: StatusCode,
    headers: HeaderMap,
    start: u64,
    pieces: Resuming,
    hasher: Hasher,
    reported: Reported,
    progress: Option<Progress>,
    ended: bool,
}

impl MediaStream {
    pub(super) async fn open(
        request: Arc<Prepared>,
        part: Part,
        checksums: Checksums,
        mut progress: Option<Progress>,
    ) -> Result<Self> {
        let asked = asking::first(&request, &part).await?;
        let opened = &asked.opened;
        let (status, headers) = (opened.status, opened.headers.clone());
        let reported = Reported::from_headers(&headers);
        let reaches_end =
            part.end.is_none() || (opened.total.is_some() && opened.total == opened.end);
        let kinds = if part.start == 0 && reaches_end && !opened.is_encoded() {
            reported.kinds(checksums)
        } else {
            Kinds::NONE
        };
        let pieces = Resuming::new(request, part, asked);
        if let Some(progress) = &mut progress {
            progress.set_total(pieces.end().map(|end| end.saturating_sub(part.start)));
        }
        Ok(Self {
            status,
            headers,
            start: part.start,
            pieces,
            hasher: Hasher::new(kinds),
            reported,
            progress,
            ended: false,
        })
    }

    /// The next piece, `None` at the end.
    ///
    /// # Errors
    ///
    /// If the media cannot be got to its end, changed meanwhile, or has another checksum than the
    /// service says. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// How many bytes come in all, if the service says so.
    pub fn length(&self) -> Option<u64> {
        let end = self.pieces.end()?;
        Some(end.saturating_sub(self.start))
    }

    /// How many bytes came so far.
    pub fn received(&self) -> u64 {
        self.pieces.position().saturating_sub(self.start)
    }

    /// The type of the media, if the service says so.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// The headers with which the media came.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.poll(context));
        Poll::Ready(match piece {
            Some(Ok(piece)) => {
                self.hasher.update(self.hasher.position(), &piece);
                let received = self.received();
                if let Some(progress) = &mut self.progress {
                    progress.at(received);
                }
                Some(Ok(piece))
            }
            Some(Err(error)) => {
                self.ended = true;
                Some(Err(error))
            }
            None => {
                self.ended = true;
                self.finish().err().map(Err)
            }
        })
    }

    fn finish(&mut self) -> Result<()> {
        let received = self.received();
        if let Some(progress) = &mut self.progress {
            progress.end(received);
        }
        self.hasher.compare(&self.reported).map_err(error::media)
    }
}

impl Stream for MediaStream {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for MediaStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaStream")
            .field("length", &self.length())
            .field("received", &self.received())
            .finish_non_exhaustive()
    }
}
