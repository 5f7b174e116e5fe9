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

use super::{attempt, options::Options, range::Part, resuming::Resuming};
use crate::{
    call::prepared::Prepared,
    error::{self, Result},
    media::{
        checksum::{Hasher, Kinds, Reported},
        progress::Progress,
    },
    transport::gzip::{self, Inflater},
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
    inflater: Option<Inflater>,
    ended: bool,
}

impl MediaStream {
    pub(super) async fn open(
        request: Arc<Prepared>,
        part: Option<Part>,
        options: Options,
    ) -> Result<Self> {
        let attempted = attempt::first(&request, part.as_ref()).await?;
        let opening = &attempted.opening;
        let (status, headers) = (opening.status, opening.headers.clone());
        let (total, is_stored) = (opening.total, !opening.is_decompressed());
        let is_gzip = gzip::is_gzip(&headers);
        let part = part.unwrap_or_default();
        let pieces = Resuming::new(request, part, attempted);
        let reaches_end = part.end.is_none() || (total.is_some() && total == pieces.end());
        let reported = Reported::from_headers(&headers);
        let kinds = if part.start == 0 && reaches_end && is_stored {
            reported.kinds(options.checksums)
        } else {
            Kinds::NONE
        };
        let mut progress = options.progress.map(Progress::new);
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
            inflater: (options.decompress && is_gzip).then(Inflater::new),
            ended: false,
        })
    }

    /// Returns the next piece, `None` at the end.
    ///
    /// # Errors
    ///
    /// If the end of the media cannot be reached, the media changed meanwhile, or its checksum is
    /// not the one that the service reports. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns how many bytes come in all, as they are stored, if the service says so.
    pub fn length(&self) -> Option<u64> {
        let end = self.pieces.end()?;
        Some(end.saturating_sub(self.start))
    }

    /// Returns how many bytes have come so far, as they are stored.
    pub fn received(&self) -> u64 {
        self.pieces.position().saturating_sub(self.start)
    }

    /// Returns the content type of the media, if the service says so.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the headers with which the media came. `Content-Encoding` is that of the bytes as they
    /// are stored, even if they are decompressed here.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns whether the pieces have other lengths than what is stored.
    pub(super) fn is_decompressed(&self) -> bool {
        self.inflater.is_some()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        loop {
            if self.ended {
                return Poll::Ready(None);
            }
            if let Some(piece) = self.inflater.as_mut().and_then(Inflater::next) {
                self.ended = piece.is_err();
                return Poll::Ready(Some(piece));
            }
            match ready!(self.pieces.poll(context)) {
                Some(Ok(piece)) => {
                    self.note(&piece);
                    match &mut self.inflater {
                        Some(inflater) => inflater.feed(piece),
                        None => return Poll::Ready(Some(Ok(piece))),
                    }
                }
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    return Poll::Ready(self.finish().transpose());
                }
            }
        }
    }

    fn note(&mut self, piece: &Bytes) {
        self.hasher.update(self.hasher.position(), piece);
        let received = self.received();
        if let Some(progress) = &mut self.progress {
            progress.at(received);
        }
    }

    /// Compares the checksums, and returns the last decompressed bytes.
    fn finish(&mut self) -> Result<Option<Bytes>> {
        let received = self.received();
        if let Some(progress) = &mut self.progress {
            progress.end(received);
        }
        self.hasher.compare(&self.reported).map_err(error::media)?;
        match &mut self.inflater {
            Some(inflater) => inflater.finish(),
            None => Ok(None),
        }
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
