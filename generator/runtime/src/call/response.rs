//! Reads replies.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use reqwest::Url;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    description::{method::Method, service::Service},
    error::{self, Error, Result},
    json::decoding,
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

/// A reply of status 2xx, read to its end.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Bytes,
    /// The largest body that is read, in bytes.
    pub(crate) limit: usize,
}

/// The use of a response's body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BodyUse {
    /// It is read to its end.
    Whole,
    /// It is ignored: the method returns nothing.
    Ignored,
}

impl BodyUse {
    /// Reads a reply of status 2xx.
    pub(crate) async fn read(self, reply: &mut Reply, limit: usize) -> Result<Response> {
        reply.decompress();
        Ok(Response {
            status: reply.status,
            content_type: reply.headers.get(header::CONTENT_TYPE).cloned(),
            limit,
            body: match self {
                Self::Whole => collect(&mut reply.body, &reply.headers, limit).await?,
                Self::Ignored => Box::pin(beginning(&mut reply.body, limit.min(DRAINED))).await,
            },
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
    let body: &[u8] = match response.status {
        StatusCode::NO_CONTENT if response.body.is_empty() => b"{}",
        _ => &response.body,
    };
    let memory = response.limit.saturating_mul(MEMORY_FACTOR);
    let read = decoding::with_memory_limit(memory, || {
        if service.data_wrapper() {
            unwrapped(body)
        } else {
            serde_json::from_slice(body)
        }
    });
    read.map_err(|source| {
        error::undecodable::<R>(method.id(), source, response.status, response.body)
    })
}

/// Decodes the message in the member `data`, or one without the wrapper.
fn unwrapped<R: DeserializeOwned>(body: &[u8]) -> serde_json::Result<R> {
    let mut message: Value = serde_json::from_slice(body)?;
    let data = message.get_mut("data").map(Value::take);
    serde_json::from_value(data.unwrap_or(message))
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
