//! Replies with media: all of it, or a range.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use md5::{Digest, Md5};

use super::range;
use crate::state::record::Media;

/// Returns the reply to a request of media.
pub(crate) fn reply(media: &Media, request: &HeaderMap) -> Response<Bytes> {
    let (status, content_range, content) = part(media, request);
    let mut reply = Response::new(content);
    *reply.status_mut() = status;
    let hash = STANDARD.encode(Md5::digest(&media.content));
    let crc32c = STANDARD.encode(crc32c::crc32c(&media.content).to_be_bytes());
    let headers = [
        ("content-type", Some(media.content_type.clone())),
        ("content-range", content_range),
        ("accept-ranges", Some("bytes".to_owned())),
        ("x-goog-hash", Some(format!("crc32c={crc32c},md5={hash}"))),
        ("etag", Some(format!("\"{hash}\""))),
    ];
    for (name, value) in headers {
        if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
            reply.headers_mut().insert(name, value);
        }
    }
    reply
}

/// Returns the part of the media that a request names, with its status and `Content-Range`.
fn part(media: &Media, request: &HeaderMap) -> (StatusCode, Option<String>, Bytes) {
    let length = u64::try_from(media.content.len()).unwrap_or(u64::MAX);
    let header = request
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok());
    match header.map_or(Ok(None), |range| range::requested(range, length)) {
        Ok(None) => (StatusCode::OK, None, media.content.clone()),
        Ok(Some((start, end))) => {
            let bounds = usize::try_from(start).unwrap_or(usize::MAX)
                ..usize::try_from(end).unwrap_or(usize::MAX);
            let part = media.content.get(bounds).unwrap_or_default();
            let range = format!("bytes {start}-{}/{length}", end.saturating_sub(1));
            (
                StatusCode::PARTIAL_CONTENT,
                Some(range),
                media.content.slice_ref(part),
            )
        }
        Err(()) => {
            let range = format!("bytes */{length}");
            (StatusCode::RANGE_NOT_SATISFIABLE, Some(range), Bytes::new())
        }
    }
}
