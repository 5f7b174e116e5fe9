//! Reads replies.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::wrapper;
use crate::{
    call::{shape, trace},
    description::{method::Method, service::Service},
    error::{self, Error, Result},
    json::{decoding, parsing},
    transport::{incoming::Incoming, reply::Reply},
};

/// The query parameters whose values are secrets.
const SECRETS: [&str; 4] = ["access_token", "key", "oauth_token", "upload_id"];
/// The least length of a secret: shorter values may occur anywhere.
const SECRET_SIZE: usize = 8;
/// The limit for reading an ignored body, after which the connection can be reused, in bytes.
const DRAINED: usize = 64 * 1024;
/// The limit for reading an error, in bytes.
const ERROR_SIZE: usize = 1024 * 1024;
/// The largest allocation made because of a `Content-Length`, in bytes.
const RESERVED: usize = 8 * 1024 * 1024;
/// The memory that a decoded response may take, as a multiple of the largest body.
const MEMORY_FACTOR: usize = 4;
/// The time limit for a body that adds little to the status.
const PATIENCE: Duration = Duration::from_secs(5);

/// A reply of status 2xx, read as far as it is of use.
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Bytes,
    /// The largest body that is read, in bytes.
    pub(crate) limit: usize,
    /// The rest of the body, which has not been read.
    pub(crate) rest: Incoming,
}

impl Response {
    /// A response of JSON that was read.
    pub(crate) fn new(status: StatusCode, body: Bytes, limit: usize) -> Self {
        Self {
            status,
            content_type: None,
            body,
            limit,
            rest: Incoming::Bytes(Bytes::new()),
        }
    }

    /// Returns whether the service says that there is no body. Otherwise one without bytes is lost.
    pub(crate) fn has_no_content(&self) -> bool {
        self.status == StatusCode::NO_CONTENT && self.body.is_empty()
    }

    /// Decodes the body in bounded memory.
    fn decoded<R>(
        &self,
        decode: impl FnOnce(&[u8]) -> serde_json::Result<R>,
    ) -> serde_json::Result<R> {
        let memory = self.limit.saturating_mul(MEMORY_FACTOR);
        let body: &[u8] = match self.has_no_content() {
            true => b"{}",
            false => &self.body,
        };
        decoding::with_memory_limit(memory, || decode(body))
    }
}

/// The use of a response's body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BodyUse {
    /// It is read to its end.
    Whole,
    /// It is read by the caller, as it arrives.
    Streamed,
    /// It is ignored: the method returns nothing.
    Ignored,
}

impl BodyUse {
    /// Reads a reply of status 2xx.
    pub(crate) async fn read(self, reply: &mut Reply, limit: usize) -> Result<Response> {
        reply.decompress();
        let body = match self {
            Self::Whole => collect(&mut reply.body, &reply.headers, limit).await?,
            Self::Streamed => Bytes::new(),
            Self::Ignored => Box::pin(beginning(&mut reply.body, limit.min(DRAINED))).await,
        };
        Ok(Response {
            status: reply.status,
            content_type: reply.headers.get(header::CONTENT_TYPE).cloned(),
            limit,
            body,
            rest: std::mem::replace(&mut reply.body, Incoming::Bytes(Bytes::new())),
        })
    }
}

/// Decodes the JSON of a response.
///
/// Some services reply 204 where the document promises an object; that is an object without fields.
/// An empty body with any other status is a lost response.
pub(crate) fn decode<R: DeserializeOwned>(
    service: &Service,
    method: &'static Method,
    response: Response,
) -> Result<R> {
    if service.data_wrapper() {
        let read = response.decoded(wrapper::unwrapped);
        return read.map_err(|source| undecodable::<R>(method, source, response));
    }
    decode_message(method, response)
}

/// Decodes the JSON of a response that is not in an envelope.
pub(crate) fn decode_message<R: DeserializeOwned>(
    method: &'static Method,
    response: Response,
) -> Result<R> {
    match response.decoded(message) {
        Ok(value) => {
            if trace::is_enabled() && shape::has_only_unknown_fields::<R>(&response.body) {
                trace::unknown_fields(method);
            }
            Ok(value)
        }
        Err(source) => Err(undecodable::<R>(method, source, response)),
    }
}

/// Returns the error of a response that is not JSON of an `R`.
pub(crate) fn undecodable<R>(
    method: &'static Method,
    source: serde_json::Error,
    response: Response,
) -> Error {
    error::undecodable::<R>(method.id(), source, response.status, response.body)
}

/// Decodes a value. Serde also reads structs from lists, by the order of their fields, but a list in
/// place of a message is something else, such as the response of a streaming method.
fn message<R: DeserializeOwned>(body: &[u8]) -> serde_json::Result<R> {
    if body.trim_ascii_start().starts_with(b"[") && shape::is_message::<R>() {
        return Err(serde::de::Error::custom("a list in place of a message"));
    }
    parsing::from_slice(body)
}

/// Reads a reply to its end, or until it exceeds `limit` bytes.
async fn collect(body: &mut Incoming, headers: &HeaderMap, limit: usize) -> Result<Bytes> {
    let Some(first) = body.next().await.transpose()? else {
        return Ok(Bytes::new());
    };
    if first.len() > limit {
        return Err(too_large(limit));
    }
    let Some(mut chunk) = body.next().await.transpose()? else {
        return Ok(first);
    };
    // The header need not be true.
    let expected = headers.get(header::CONTENT_LENGTH);
    let expected = expected.and_then(|value| value.to_str().ok()?.parse().ok());
    let expected = expected.unwrap_or(first.len()).min(limit).min(RESERVED);
    let mut all = Vec::with_capacity(expected.max(first.len()));
    all.extend_from_slice(&first);
    loop {
        if chunk.len() > limit.saturating_sub(all.len()) {
            return Err(too_large(limit));
        }
        all.extend_from_slice(&chunk);
        chunk = match body.next().await.transpose()? {
            Some(chunk) => chunk,
            None => return Ok(all.into()),
        };
    }
}

/// Reads as much of a body as arrives soon, up to `limit` bytes. Errors are ignored, since the
/// status matters more.
async fn beginning(body: &mut Incoming, limit: usize) -> Bytes {
    if let Incoming::Bytes(bytes) = body {
        bytes.truncate(limit);
        return std::mem::take(bytes);
    }
    let mut all = Vec::new();
    let read = async {
        while all.len() < limit
            && let Some(Ok(chunk)) = body.next().await
        {
            let end = chunk.len().min(limit - all.len());
            all.extend_from_slice(chunk.get(..end).unwrap_or_default());
        }
    };
    // After a timeout, the beginning has been read.
    let _ = tokio::time::timeout(PATIENCE, read).await;
    all.into()
}

fn too_large(limit: usize) -> Error {
    error::deserialization(format!(
        "because it is larger than {limit} bytes; `with_max_response_size` sets the limit"
    ))
}

/// Returns the error of a reply to a request for a URL, whose status is not 2xx.
pub(crate) async fn failure(mut reply: Reply, url: &Url, limit: usize) -> Error {
    reply.decompress();
    let body = beginning(&mut reply.body, limit.min(ERROR_SIZE)).await;
    error::from_reply(reply.status, reply.headers, without_secrets(body, url))
}

/// Removes the secrets of a URL from a body that repeats it, as front ends do that do not find it.
fn without_secrets(body: Bytes, url: &Url) -> Bytes {
    let pairs = url.query().unwrap_or_default().split('&');
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    let secrets =
        pairs.filter(|(name, value)| SECRETS.contains(name) && value.len() >= SECRET_SIZE);
    secrets.fold(body, |body, (_, secret)| {
        let found = body
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        match found {
            true => String::from_utf8_lossy(&body).replace(secret, "...").into(),
            false => body,
        }
    })
}
