//! The beginning of a reply to a request for media.

use bytes::Bytes;
use futures_core::stream::BoxStream;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::{
    range::{ContentRange, Part},
    version::Version,
};
use crate::{
    error::{self, Error, MediaError, Result},
    transport::{incoming::Incoming, reply::Reply},
};

/// Media that begins to come.
pub(super) struct Opening {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    body: Incoming,
    /// The number of bytes that come before those that were requested.
    pub(super) skip: u64,
    /// The position at which the body ends, as far as the reply declares it.
    pub(super) end: Option<u64>,
    /// The length of the whole media, if it is known.
    pub(super) total: Option<u64>,
    pub(super) version: Version,
    /// Set if it came by a redirect.
    pub(super) redirected: bool,
}

impl Opening {
    /// Reads a reply to a request for a part, or for everything if that is `None`.
    ///
    /// # Errors
    ///
    /// If it is not media, or another part.
    pub(super) fn new(reply: Reply, part: Option<&Part>, redirected: bool) -> Result<Self> {
        let start = part.map_or(0, |part| part.start);
        let headers = &reply.headers;
        let (skip, end, total) = match (reply.status, part) {
            (StatusCode::OK, _) => {
                whole(headers, start).ok_or_else(|| wrong_range(headers, part))?
            }
            (StatusCode::PARTIAL_CONTENT, Some(_)) => match ContentRange::of(headers) {
                Some(ContentRange {
                    part: Some((first, end)),
                    total,
                }) if first == start => (0, Some(end), total),
                _ => return Err(wrong_range(headers, part)),
            },
            (StatusCode::PARTIAL_CONTENT, None) => return Err(wrong_range(headers, part)),
            (status, _) => {
                let status = status.as_u16();
                return Err(error::media(MediaError::NotMedia { status }));
            }
        };
        Ok(Self {
            status: reply.status,
            version: Version::of(headers),
            headers: reply.headers,
            body: reply.body,
            skip,
            end,
            total,
            redirected,
        })
    }

    /// Reads the error that answers a request for a part of media without a byte, if it is one.
    pub(super) fn of_nothing(error: &Error, part: Option<&Part>) -> Option<Self> {
        let start = part?.start;
        let headers = error.http_headers()?;
        (Unsatisfied::of(error)? == Unsatisfied { total: Some(0) }).then(|| Self {
            status: StatusCode::RANGE_NOT_SATISFIABLE,
            version: Version::of(headers),
            headers: headers.clone(),
            body: Incoming::Bytes(Bytes::new()),
            skip: start,
            end: Some(0),
            total: Some(0),
            redirected: false,
        })
    }

    /// Returns whether the service, or the HTTP client, decompressed the media on its way, so that its
    /// bytes are not those that ranges and checksums count.
    pub(super) fn is_decompressed(&self) -> bool {
        let stored = self.headers.get("x-goog-stored-content-encoding");
        stored.is_some_and(is_coding) && self.coding().is_none()
    }

    /// Returns the `Content-Encoding` that the media has.
    pub(super) fn coding(&self) -> Option<&HeaderValue> {
        let coding = self.headers.get(header::CONTENT_ENCODING);
        coding.filter(|coding| is_coding(coding))
    }

    pub(super) fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        self.body.into_stream()
    }
}

/// A 416 reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsatisfied {
    /// The length of the whole media, if the reply has it.
    pub(super) total: Option<u64>,
}

impl Unsatisfied {
    pub(super) fn of(error: &Error) -> Option<Self> {
        let status = StatusCode::RANGE_NOT_SATISFIABLE.as_u16();
        (error.http_status_code() == Some(status)).then(|| {
            let range = error.http_headers().and_then(ContentRange::of);
            let total = range.filter(|range| range.part.is_none());
            Self {
                total: total.and_then(|range| range.total),
            }
        })
    }
}

/// Returns how much of all to skip, its end and its total: a service may ignore a range. `None` if it
/// ends before the part begins; but nothing is a part of media without a byte.
fn whole(headers: &HeaderMap, start: u64) -> Option<(u64, Option<u64>, Option<u64>)> {
    let total = length(headers, &header::CONTENT_LENGTH);
    match total {
        Some(total) if 0 < total && total < start => None,
        _ => Some((start, total, total)),
    }
}

fn length(headers: &HeaderMap, name: &header::HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn is_coding(coding: &HeaderValue) -> bool {
    !matches!(coding.as_bytes(), b"identity" | b"")
}

fn wrong_range(headers: &HeaderMap, part: Option<&Part>) -> Error {
    let sent = headers.get(header::CONTENT_RANGE);
    let sent = sent.map(|sent| String::from_utf8_lossy(sent.as_bytes()).into_owned());
    error::media(MediaError::WrongRange {
        requested: part.map_or_else(|| "everything".to_owned(), Part::header),
        sent,
    })
}
