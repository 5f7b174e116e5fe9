//! What the service answers to a request for media.

use bytes::Bytes;
use futures_core::stream::BoxStream;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::range::{ContentRange, Part};
use crate::{
    error::{self, Error, MediaError, Result},
    transport::{incoming::Incoming, reply::Reply},
};

/// By what the service tells versions of media apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    etag: Option<HeaderValue>,
    generation: Option<HeaderValue>,
}

impl Version {
    fn of(headers: &HeaderMap) -> Self {
        Self {
            etag: headers.get(header::ETAG).cloned(),
            generation: headers.get("x-goog-generation").cloned(),
        }
    }

    /// A tag that the service can be held to, by `If-Match`: a weak one never matches
    /// ([RFC 9110, section 13.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1)).
    pub(super) fn condition(&self) -> Option<&HeaderValue> {
        let strong = |tag: &&HeaderValue| !tag.as_bytes().starts_with(b"W/");
        self.etag.as_ref().filter(strong)
    }

    /// Whether what comes later is of this version, as far as either says.
    fn admits(&self, later: &Self) -> bool {
        let same = |own: &Option<HeaderValue>, other: &Option<HeaderValue>| {
            own.is_none() || other.is_none() || own == other
        };
        let bound = self.condition().is_some() || *self == Self::default();
        let names_one = later.etag.is_some() || later.generation.is_some();
        same(&self.etag, &later.etag)
            && same(&self.generation, &later.generation)
            && (bound || names_one)
    }
}

/// Media that begins to come.
pub(super) struct Opened {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Incoming,
    /// How much comes that was not asked for, before what was.
    pub(super) skip: u64,
    /// The length of the whole media, if it is known.
    pub(super) total: Option<u64>,
    /// Where what was asked for ends, if it is known.
    pub(super) end: Option<u64>,
    pub(super) version: Version,
}

impl Opened {
    /// Reads the reply to a request for a part, which may be all.
    pub(super) fn new(reply: Reply, part: &Part) -> Result<Self> {
        let all = |total: u64| part.end.unwrap_or(total).min(total);
        let (skip, total, end) = if reply.status == StatusCode::PARTIAL_CONTENT {
            match ContentRange::of(&reply.headers) {
                Some(ContentRange {
                    part: Some((start, end)),
                    total,
                }) if start == part.start => (0, total, Some(total.map_or(end, all))),
                _ => return Err(wrong_range(&reply.headers, part)),
            }
        } else {
            // All of it: a service may pass over a range.
            let total = content_length(&reply.headers);
            if total.is_some_and(|total| total < part.start) {
                return Err(wrong_range(&reply.headers, part));
            }
            (part.start, total, total.map(all))
        };
        Ok(Self {
            status: reply.status,
            version: Version::of(&reply.headers),
            headers: reply.headers,
            body: reply.body,
            skip,
            total,
            end,
        })
    }

    /// Whether this goes on with what came before.
    pub(super) fn continues(&self, version: &Version, total: Option<u64>) -> bool {
        let same_total = total.is_none() || self.total.is_none() || total == self.total;
        version.admits(&self.version) && same_total
    }

    /// Whether the service keeps the media compressed, so that what comes is, or is not, what its
    /// checksums and ranges are about.
    pub(super) fn is_encoded(&self) -> bool {
        let stored = self.headers.get("x-goog-stored-content-encoding");
        let encodings = [stored, self.headers.get(header::CONTENT_ENCODING)];
        let mut encodings = encodings.into_iter().flatten();
        encodings.any(|encoding| encoding.as_bytes() != b"identity")
    }

    pub(super) fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        self.body.into_stream()
    }
}

/// Whether an error says that there is nothing from this place on, which is where the media ends.
pub(super) fn is_end(error: &Error, position: u64) -> bool {
    let range = error.http_headers().and_then(ContentRange::of);
    error.http_status_code() == Some(416)
        && range.is_some_and(|range| range.part.is_none() && range.total == Some(position))
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get(header::CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

fn wrong_range(headers: &HeaderMap, part: &Part) -> Error {
    let sent = headers.get(header::CONTENT_RANGE);
    let sent = sent.map(|sent| String::from_utf8_lossy(sent.as_bytes()).into_owned());
    error::media(MediaError::WrongRange {
        asked: part.header(),
        sent,
    })
}
