//! Decompression of replies.
//!
//! The HTTP library does none: it would also decompress media, whose ranges and checksums count the
//! bytes as they are stored.

use std::{
    io::{self, Write as _},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use futures_core::{Stream, stream::BoxStream};
use http::{HeaderMap, header};

use crate::error::{self, Error, Result};

/// Bytes that are decompressed at once: to no more than about a thousand times as many.
const STEP: usize = 4096;

/// Returns whether a body with these headers is compressed by gzip.
pub(crate) fn is_gzip(headers: &HeaderMap) -> bool {
    let coding = headers.get(header::CONTENT_ENCODING);
    coding.is_some_and(|coding| {
        let coding = coding.as_bytes().trim_ascii();
        coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip")
    })
}

/// Decompresses bytes that come piece by piece.
pub(crate) struct Inflater {
    decoder: MultiGzDecoder<Vec<u8>>,
    pending: Bytes,
    began: bool,
}

impl Inflater {
    pub(crate) fn new() -> Self {
        Self {
            decoder: MultiGzDecoder::new(Vec::new()),
            pending: Bytes::new(),
            began: false,
        }
    }

    /// Takes a compressed piece, after [`next`](Self::next) returned nothing more of the last.
    pub(crate) fn feed(&mut self, piece: Bytes) {
        self.began |= !piece.is_empty();
        self.pending = piece;
    }

    /// Returns some of the decompressed bytes of the pieces so far, or `None` if it needs another.
    pub(crate) fn next(&mut self) -> Option<Result<Bytes>> {
        while !self.pending.is_empty() {
            let step = self.pending.split_to(self.pending.len().min(STEP));
            if let Err(error) = self
                .decoder
                .write_all(&step)
                .and_then(|()| self.decoder.flush())
            {
                self.pending.clear();
                return Some(Err(undecodable(&error)));
            }
            if let Some(bytes) = self.output() {
                return Some(Ok(bytes));
            }
        }
        None
    }

    /// Returns the last bytes. A body without a byte is not compressed.
    ///
    /// # Errors
    ///
    /// If the compressed bytes are not at their end.
    pub(crate) fn finish(&mut self) -> Result<Option<Bytes>> {
        if self.began {
            let finished = self.decoder.try_finish();
            finished.map_err(|error| undecodable(&error))?;
        }
        Ok(self.output())
    }

    fn output(&mut self) -> Option<Bytes> {
        let bytes = std::mem::take(self.decoder.get_mut());
        (!bytes.is_empty()).then(|| bytes.into())
    }
}

fn undecodable(source: &io::Error) -> Error {
    error::broken(format!("the reply cannot be decompressed: {source}"))
}

/// A body that is decompressed while it is read.
pub(crate) struct Inflated {
    body: Option<BoxStream<'static, Result<Bytes>>>,
    inflater: Inflater,
}

impl Inflated {
    pub(crate) fn new(body: BoxStream<'static, Result<Bytes>>) -> Self {
        Self {
            body: Some(body),
            inflater: Inflater::new(),
        }
    }
}

impl Stream for Inflated {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(piece) = this.inflater.next() {
                return Poll::Ready(Some(piece));
            }
            let Some(body) = &mut this.body else {
                return Poll::Ready(None);
            };
            match ready!(body.as_mut().poll_next(context)) {
                Some(Ok(piece)) => this.inflater.feed(piece),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    this.body = None;
                    return Poll::Ready(this.inflater.finish().transpose());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn inflated(pieces: &[&[u8]]) -> Result<(Vec<u8>, usize)> {
        let (mut inflater, mut all, mut longest) = (Inflater::new(), Vec::new(), 0);
        for piece in pieces {
            inflater.feed(Bytes::copy_from_slice(piece));
            while let Some(bytes) = inflater.next() {
                let bytes = bytes?;
                longest = longest.max(bytes.len());
                all.extend(bytes);
            }
        }
        all.extend(inflater.finish()?.unwrap_or_default());
        Ok((all, longest))
    }

    #[test]
    fn pieces_and_members_are_put_together() {
        let both = [gzip(b"one "), gzip(b"two")].concat();
        for size in [1, 7, both.len()] {
            let pieces: Vec<&[u8]> = both.chunks(size).collect();
            assert_eq!(inflated(&pieces).unwrap().0, b"one two");
        }
        assert_eq!(inflated(&[]).unwrap().0, b"");
        assert_eq!(inflated(&[&gzip(b"")]).unwrap().0, b"");
    }

    #[test]
    fn a_bomb_comes_in_small_pieces() {
        let bomb = gzip(&vec![0; 64 << 20]);
        let (all, longest) = inflated(&[&bomb]).unwrap();
        assert_eq!(all.len(), 64 << 20);
        assert!(longest < 8 << 20, "{longest}");
    }

    #[test]
    fn cut_or_wrong_bytes_are_an_error() {
        let whole = gzip(b"data that is compressed");
        for end in 1..whole.len() {
            assert!(inflated(&[&whole[..end]]).is_err(), "{end}");
        }
        assert!(inflated(&[b"plain text"]).is_err());
    }
}
