//! The transport that speaks HTTP.

use std::{
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::{Stream, stream::BoxStream};
use http::{HeaderMap, HeaderValue, header};
use reqwest::{Request, Response, Url};

use crate::{
    description::http_method::HttpMethod,
    error::{self, Result},
    transport::{
        DynTransport,
        body::{Body, Content},
        idle::{Progress, unless_silent},
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
pub(crate) struct HttpTransport {
    client: reqwest::Client,
    /// True if the caller built the client, which then may follow redirects.
    is_custom: bool,
}

impl HttpTransport {
    pub(crate) fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            is_custom: false,
        }
    }

    pub(crate) fn custom(client: reqwest::Client) -> Self {
        Self {
            client,
            is_custom: true,
        }
    }

    /// Sends a request once, and waits for the reply unless the connection is silent for longer than
    /// the limit.
    pub(crate) fn execute(
        &self,
        http_method: HttpMethod,
        url: Url,
        headers: HeaderMap,
        body: Body,
        limit: Option<Duration>,
    ) -> impl Future<Output = Result<Response>> + use<> {
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
        let response = self.client.execute(request);
        async move {
            let response = unless_silent(limit, progress, pin!(response)).await?;
            response.map_err(error::connection)
        }
    }

    /// Converts the response to a request for this URL, whose body may be silent for the limit.
    pub(crate) fn reply(
        &self,
        requested: &Url,
        mut response: Response,
        limit: Option<Duration>,
    ) -> Result<Reply> {
        if self.is_custom && requested != response.url() {
            return Err(error::redirected(response.url()));
        }
        Ok(Reply {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Incoming::Response(Box::new(response), limit),
        })
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
