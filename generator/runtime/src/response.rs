//! Reads the replies of a service.

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::{
    Result, error,
    transport::{Content, Reply, next},
};

/// A reply of status 2xx that was read to its end.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

/// The JSON of a response.
///
/// Some services answer 204 where the document promises an object; that is one without fields. No
/// bytes with any other status are a response that was lost.
pub(crate) fn decode<R: DeserializeOwned>(response: &Response) -> Result<R> {
    let body: &[u8] = match response.status {
        StatusCode::NO_CONTENT if response.body.is_empty() => b"{}",
        _ => &response.body,
    };
    serde_json::from_slice(body).map_err(error::deserialization)
}

/// Reads a reply to its end, or until it exceeds `limit` bytes.
pub(crate) async fn collect(body: Content, limit: usize) -> Result<Bytes> {
    let mut stream = match body {
        Content::Bytes(bytes) if bytes.len() > limit => return Err(too_large(limit)),
        Content::Bytes(bytes) => return Ok(bytes),
        Content::Stream(stream) => stream,
    };
    let mut all = Vec::new();
    while let Some(chunk) = next(&mut stream).await {
        let chunk = chunk?;
        if chunk.len() > limit.saturating_sub(all.len()) {
            return Err(too_large(limit));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.into())
}

/// Reads as much of an error as there is, up to `limit` bytes. What goes wrong with that says less
/// than the status.
async fn beginning(body: Content, limit: usize) -> Bytes {
    let mut stream = match body {
        Content::Bytes(mut bytes) => {
            bytes.truncate(limit);
            return bytes;
        }
        Content::Stream(stream) => stream,
    };
    let mut all = Vec::new();
    while all.len() < limit
        && let Some(Ok(chunk)) = next(&mut stream).await
    {
        all.extend(chunk.into_iter().take(limit - all.len()));
    }
    all.into()
}

fn too_large(limit: usize) -> crate::Error {
    error::deserialization(format!(
        "because it is larger than {limit} bytes; `with_max_response_size` sets the limit"
    ))
}

/// Makes an error of a reply whose status is not 2xx.
pub(crate) async fn check(reply: Reply, limit: usize) -> Result<Reply> {
    if reply.status.is_success() {
        return Ok(reply);
    }
    let body = beginning(reply.body, limit).await;
    Err(error::from_reply(reply.status, reply.headers, body))
}
