//! Reads the replies of a service.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    description::{method::Method, service::Service},
    error::{self, Error, Result},
    shape,
    transport::{Reply, incoming::Incoming},
};

/// How much of a body that nobody asked for is read, so that its connection can be used again.
const DRAINED: usize = 64 * 1024;
/// How much of an error is read, in bytes.
const ERROR_SIZE: usize = 1024 * 1024;
/// How much room is made on the word of a `Content-Length`, in bytes.
const RESERVED: usize = 8 * 1024 * 1024;
/// How long a body is waited for that adds little to the status.
const PATIENCE: Duration = Duration::from_secs(5);

/// A reply of status 2xx.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Bytes,
}

/// What is done with the body of a response.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    /// It is the answer.
    Whole,
    /// The method answers nothing; whatever comes will do.
    Ignored,
}

impl Reading {
    /// Reads a reply of status 2xx.
    pub(crate) async fn read(self, reply: &mut Reply, limit: usize) -> Result<Response> {
        Ok(Response {
            status: reply.status,
            content_type: reply.headers.get(header::CONTENT_TYPE).cloned(),
            body: match self {
                Self::Whole => collect(&mut reply.body, &reply.headers, limit).await?,
                Self::Ignored => Box::pin(beginning(&mut reply.body, limit.min(DRAINED))).await,
            },
        })
    }
}

/// The JSON of a response.
///
/// Some services answer 204 where the document promises an object; that is one without fields. No
/// bytes with any other status are a response that was lost.
pub(crate) fn decode<R: DeserializeOwned>(
    service: &Service,
    method: &'static Method,
    response: Response,
) -> Result<R> {
    let body: &[u8] = match response.status {
        StatusCode::NO_CONTENT if response.body.is_empty() => b"{}",
        _ => &response.body,
    };
    let read = if service.wraps_data() {
        unwrapped(body)
    } else {
        message(body)
    };
    read.map_err(|source| error::undecodable::<R>(method.id(), source, response))
}

/// A value of the type. Serde reads structs from lists as well, by the order of their fields; but a
/// list where a message was promised is something else, such as the answer of a stream.
fn message<R: DeserializeOwned>(body: &[u8]) -> serde_json::Result<R> {
    if body.trim_ascii_start().starts_with(b"[") && shape::is_message::<R>() {
        return Err(serde::de::Error::custom("a list in place of a message"));
    }
    serde_json::from_slice(body)
}

/// The message in the member `data`, or one that came without its wrapper.
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
    // The length that the headers tell need not be true.
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

/// Reads as much of a body as comes soon, up to `limit` bytes. What goes wrong with that says less
/// than the status.
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
    // Without patience for the rest, there is what has come.
    let _ = tokio::time::timeout(PATIENCE, read).await;
    all.into()
}

fn too_large(limit: usize) -> Error {
    error::deserialization(format!(
        "because it is larger than {limit} bytes; `with_max_response_size` sets the limit"
    ))
}

/// Makes an error of a reply whose status is not 2xx.
pub(crate) async fn failure(mut reply: Reply, limit: usize) -> Error {
    let body = beginning(&mut reply.body, limit.min(ERROR_SIZE)).await;
    error::from_reply(reply.status, reply.headers, body)
}
