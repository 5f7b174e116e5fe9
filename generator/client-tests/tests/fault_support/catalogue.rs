//! The faults that a reply can have.

use std::{io::Write as _, sync::LazyLock, time::Duration};

use super::server::{Act, End, Read};

/// The response size limit of clients in these tests, in bytes.
pub(crate) const LIMIT: usize = 512 * 1024;

const DEPTH: usize = 100_000;

/// The name in a response with [`Fault::NotUtf8`], whose bytes are replaced.
pub(crate) const REPLACED: &str = "\u{fffd}\u{fffd}";

/// A fault of a reply, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Nothing,
    ResetInRequest,
    ResetBeforeHead,
    CloseBeforeHead,
    ResetInHead,
    CloseInHead,
    ResetInBody,
    CloseInBody,
    Stall,
    StallInHead,
    StallInBody,
    StallInError,
    Drip,
    LengthTooLong,
    LengthTooShort,
    ChunkOfBadSize,
    ChunksCutOff,
    GzipTruncated,
    GzipCorrupt,
    GzipBomb,
    HtmlBadGateway,
    HtmlOk,
    EmptyInternal,
    EmptyOk,
    TooManyRequests,
    TooManyRequestsUntil,
    Unavailable,
    UnavailableFor,
    Unauthenticated,
    RedirectElsewhere,
    Flood,
    FloodInError,
    NotUtf8,
    Deep,
    DeepError,
    ManyHeaders,
    LongHeader,
    NotHttp,
    Smuggled,
}

/// The outcome of a fault for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// The call succeeds.
    Success,
    /// The connection failed: retried if the call is idempotent.
    Broken,
    /// The service is unavailable: retried if the call is idempotent.
    Unavailable,
    /// The service rejects the token, which can be refreshed.
    Unauthenticated,
    /// The attempt exceeds its timeout.
    Slow,
    /// The call fails, and is not retried.
    Final,
}

impl Fault {
    pub(crate) const ALL: [Self; 39] = [
        Self::Nothing,
        Self::ResetInRequest,
        Self::ResetBeforeHead,
        Self::CloseBeforeHead,
        Self::ResetInHead,
        Self::CloseInHead,
        Self::ResetInBody,
        Self::CloseInBody,
        Self::Stall,
        Self::StallInHead,
        Self::StallInBody,
        Self::StallInError,
        Self::Drip,
        Self::LengthTooLong,
        Self::LengthTooShort,
        Self::ChunkOfBadSize,
        Self::ChunksCutOff,
        Self::GzipTruncated,
        Self::GzipCorrupt,
        Self::GzipBomb,
        Self::HtmlBadGateway,
        Self::HtmlOk,
        Self::EmptyInternal,
        Self::EmptyOk,
        Self::TooManyRequests,
        Self::TooManyRequestsUntil,
        Self::Unavailable,
        Self::UnavailableFor,
        Self::Unauthenticated,
        Self::RedirectElsewhere,
        Self::Flood,
        Self::FloodInError,
        Self::NotUtf8,
        Self::Deep,
        Self::DeepError,
        Self::ManyHeaders,
        Self::LongHeader,
        Self::NotHttp,
        Self::Smuggled,
    ];

    pub(crate) fn class(self) -> Class {
        match self {
            Self::Nothing | Self::Smuggled | Self::NotUtf8 => Class::Success,
            Self::ResetInRequest
            | Self::ResetBeforeHead
            | Self::CloseBeforeHead
            | Self::ResetInHead
            | Self::CloseInHead
            | Self::ResetInBody
            | Self::CloseInBody
            | Self::LengthTooLong
            | Self::ChunkOfBadSize
            | Self::ChunksCutOff
            | Self::GzipTruncated
            | Self::GzipCorrupt
            | Self::ManyHeaders
            | Self::LongHeader
            | Self::NotHttp => Class::Broken,
            Self::Unavailable | Self::UnavailableFor => Class::Unavailable,
            Self::Unauthenticated => Class::Unauthenticated,
            Self::Stall | Self::StallInHead | Self::StallInBody | Self::Drip => Class::Slow,
            _ => Class::Final,
        }
    }

    /// Returns the reaction of the server, where `good` is the body of a successful reply and
    /// `elsewhere` is another host.
    pub(crate) fn act(self, good: &str, elsewhere: &str) -> Act {
        let (bytes, end) = self.answer(good, elsewhere);
        let read = if self == Self::ResetInRequest {
            Read::Head
        } else {
            Read::Whole
        };
        Act { read, bytes, end }
    }

    fn answer(self, good: &str, elsewhere: &str) -> (Vec<u8>, End) {
        let whole = answer("200 OK", "", good);
        let body = whole.len() - good.len();
        let (in_head, in_body) = (
            whole[..body - 10].to_vec(),
            whole[..body + good.len() / 2].to_vec(),
        );
        let length = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", good.len());
        let kept = |status, headers, body: &str| (answer(status, headers, body), End::Keep);
        match self {
            Self::Nothing => (whole, End::Keep),
            Self::ResetInRequest | Self::ResetBeforeHead => (Vec::new(), End::Reset),
            Self::CloseBeforeHead => (Vec::new(), End::Close),
            Self::ResetInHead => (in_head, End::Reset),
            Self::CloseInHead => (in_head, End::Close),
            Self::ResetInBody => (in_body, End::Reset),
            Self::CloseInBody => (in_body, End::Close),
            Self::Stall => (Vec::new(), End::Stall),
            Self::StallInHead => (in_head, End::Stall),
            Self::StallInBody => (in_body, End::Stall),
            Self::StallInError => (
                b"HTTP/1.1 404 Not Found\r\ncontent-length: 100\r\n\r\nno".to_vec(),
                End::Stall,
            ),
            Self::Drip => (whole, End::Drip(Duration::from_secs(3))),
            Self::LengthTooLong => {
                let head = length.replace(&good.len().to_string(), "1000");
                ([head.as_bytes(), good.as_bytes()].concat(), End::Close)
            }
            Self::LengthTooShort => {
                let head = length.replace(&good.len().to_string(), "7");
                ([head.as_bytes(), good.as_bytes()].concat(), End::Close)
            }
            Self::ChunkOfBadSize => (chunked(&format!("zz\r\n{good}\r\n0\r\n\r\n")), End::Close),
            Self::ChunksCutOff => (
                chunked(&format!("{:x}\r\n{good}\r\n", good.len())),
                End::Close,
            ),
            Self::GzipTruncated => {
                let packed = gzip(good.as_bytes());
                (compressed(&packed[..packed.len() - 9]), End::Keep)
            }
            Self::GzipCorrupt => (compressed(b"this was never compressed"), End::Keep),
            Self::GzipBomb => {
                static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip(&vec![b' '; 1 << 24]));
                (compressed(&BOMB), End::Keep)
            }
            Self::Flood => (
                b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n".to_vec(),
                End::Flood(100 * 1024 * 1024),
            ),
            Self::FloodInError => (
                b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 104857600\r\n\r\n".to_vec(),
                End::Flood(100 * 1024 * 1024),
            ),
            Self::NotUtf8 => (answer("200 OK", "", b"{\"name\":\"\xff\xfe\"}"), End::Keep),
            Self::ManyHeaders => kept("200 OK", &"x-bomb: 1\r\n".repeat(10_000), good),
            Self::LongHeader => kept("200 OK", &format!("x: {}\r\n", "y".repeat(1 << 20)), good),
            Self::NotHttp => (b"220 smtp.example.com ESMTP\r\n".to_vec(), End::Close),
            Self::Smuggled => {
                let other = answer("200 OK", "", r#"{"name":"smuggled"}"#);
                ([whole, other].concat(), End::Keep)
            }
            _ => self.report(elsewhere),
        }
    }

    /// Returns a complete reply that is an error nevertheless.
    fn report(self, elsewhere: &str) -> (Vec<u8>, End) {
        let html = "<!doctype html><title>Bad Gateway</title>";
        let busy = r#"{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}"#;
        let enough =
            r#"{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}"#;
        let expired = r#"{"error":{"code":401,"message":"expired","status":"UNAUTHENTICATED"}}"#;
        let later = r#"{"error":{"code":503,"message":"busy","status":"UNAVAILABLE","details":[
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}}"#;
        let date = "date: Sun, 06 Nov 1994 08:49:00 GMT\r\n\
                    retry-after: Sun, 06 Nov 1994 08:49:05 GMT\r\n";
        let deep = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
        let bytes = match self {
            Self::HtmlBadGateway => answer("502 Bad Gateway", "", html),
            Self::HtmlOk => answer("200 OK", "content-type: text/html\r\n", html),
            Self::EmptyInternal => answer("500 Internal Server Error", "", ""),
            Self::TooManyRequests => answer("429 Too Many Requests", "retry-after: 5\r\n", enough),
            Self::TooManyRequestsUntil => answer("429 Too Many Requests", date, enough),
            Self::Unavailable => answer("503 Service Unavailable", "", busy),
            Self::UnavailableFor => answer("503 Service Unavailable", "", later),
            Self::Unauthenticated => answer("401 Unauthorized", "", expired),
            Self::RedirectElsewhere => {
                let location = format!("location: {elsewhere}/stolen\r\n");
                answer("307 Temporary Redirect", &location, "")
            }
            Self::Deep => answer(
                "200 OK",
                "",
                format!(r#"{{"metadata":{{"a":{deep}}},"name":{deep}}}"#),
            ),
            Self::DeepError => answer("500 Internal Server Error", "", deep),
            _ => answer("200 OK", "", ""),
        };
        (bytes, End::Keep)
    }
}

fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn chunked(chunks: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}").into_bytes()
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    answer("200 OK", "content-encoding: gzip\r\n", bytes)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
