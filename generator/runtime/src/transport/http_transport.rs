//! The transport that speaks HTTP.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};
use http::{HeaderMap, HeaderValue, header};
use reqwest::{Request, Response, Url};

use crate::{
    description::http_method::HttpMethod,
    error::Result,
    transport::{
        DynTransport,
        body::{Body, Content},
        idle::{IdleTimeout, Progress},
        incoming::Incoming,
        reply::Reply,
    },
};

/// The largest body in memory whose progress is not watched, in bytes. Such a body can be sent again
/// by the HTTP library if the server did not process it.
const UNWATCHED: usize = 1024 * 1024;
/// The pieces in which a larger body is sent, in bytes.
const PIECE: usize = 64 * 1024;

/// The transport of a client. HTTP is not behind the trait, which would box its futures.
pub(crate) enum Carrier {
    Http(HttpTransport),
    Custom(Arc<dyn DynTransport>),
}

/// Sends calls by [`reqwest`].
pub(crate) struct HttpTransport(pub(crate) reqwest::Client);

impl HttpTransport {
    /// Sends a request once. Returns its reply, and the progress of a large body.
    pub(crate) fn send(
        &self,
        http_method: HttpMethod,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> (
        impl Future<Output = reqwest::Result<Response>> + use<>,
        Option<Progress>,
    ) {
        let mut request = Request::new(http_method.to_http(), url);
        *request.headers_mut() = headers;
        let (outgoing, progress) = outgoing(body.content);
        *request.body_mut() = outgoing;
        // reqwest omits the length of an empty body, and without it sends a stream in chunks.
        if let Some(length) = body.length
            && (length > 0 || http_method.expects_body())
        {
            let headers = request.headers_mut();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        (self.0.execute(request), progress)
    }
}

/// Converts a response, whose body may be silent for the limit.
pub(crate) fn reply(mut response: Response, idle: IdleTimeout) -> Reply {
    Reply {
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: Incoming::Response(Box::new(response), idle),
    }
}

/// Converts a body, and returns its progress unless it is small.
fn outgoing(content: Content) -> (Option<reqwest::Body>, Option<Progress>) {
    let stream: BoxStream<'static, Result<Bytes>> = match content {
        Content::Bytes(bytes) if bytes.is_empty() => return (None, None),
        Content::Bytes(bytes) if bytes.len() <= UNWATCHED => return (Some(bytes.into()), None),
        Content::Bytes(bytes) => Box::pin(Pieces(bytes)),
        Content::Stream(stream) => stream,
    };
    let progress = Progress::default();
    let body = reqwest::Body::wrap_stream(progress.watch(stream));
    (Some(body), Some(progress))
}

/// A body in memory, piece by piece.
struct Pieces(Bytes);

impl Stream for Pieces {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = self.0.len().min(PIECE);
        let piece = self.0.split_to(length);
        Poll::Ready((!piece.is_empty()).then_some(Ok(piece)))
    }
}
