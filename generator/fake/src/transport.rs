//! The fake in place of the network of a generated client.

use std::io::{Error as IoError, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use discovery_runtime::{Call, Error, Reply, Result, Transport};
use futures_core::Stream;
use http::{Request, Response};

use crate::{Fake, delivery};

impl Transport for Fake {
    async fn send(&self, call: Call) -> Result<Reply> {
        let mut request = Request::builder()
            .method(call.http_method().as_str())
            .uri(call.url());
        if let Some(headers) = request.headers_mut() {
            headers.clone_from(call.headers());
        }
        let body = call.into_body().collect().await?;
        let request = request.body(body).map_err(Error::binding)?;
        let reply = self.call(request);
        let delivery = delivery::begin(&reply).await.ok_or_else(broken)?;
        Ok(delivered(reply, delivery.cut_after))
    }
}

fn delivered(reply: Response<Bytes>, cut_after: Option<usize>) -> Reply {
    let (parts, body) = reply.into_parts();
    let mut reply = Reply::new(parts.status.as_u16());
    let mut name = None;
    for (next, value) in parts.headers {
        name = next.or(name);
        if let Some(name) = &name {
            reply = reply.with_header(name.clone(), value);
        }
    }
    match cut_after {
        None => reply.with_body(body),
        Some(length) => reply.with_stream(Cut {
            start: Some(body.slice(..length.min(body.len()))),
            is_broken: false,
        }),
    }
}

fn broken() -> Error {
    Error::io(IoError::new(
        ErrorKind::ConnectionReset,
        "a rule of the fake closed the connection",
    ))
}

/// The start of a body, and an error.
struct Cut {
    start: Option<Bytes>,
    is_broken: bool,
}

impl Stream for Cut {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(start) = self.start.take() {
            return Poll::Ready(Some(Ok(start)));
        }
        let is_over = std::mem::replace(&mut self.is_broken, true);
        Poll::Ready((!is_over).then(|| Err(broken())))
    }
}
