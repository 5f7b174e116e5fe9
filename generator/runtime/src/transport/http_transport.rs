//! The transport that speaks HTTP.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, header};
use reqwest::{Request, Response, Url};

use crate::{
    description::method::Verb,
    error::{self, Result},
    transport::{Body, Content, DynTransport, Reply, incoming::Incoming},
};

/// What carries calls. The usual way is not behind a trait, where its futures would be boxed.
pub(crate) enum Carrier {
    Http(HttpTransport),
    Callers(Arc<dyn DynTransport>),
}

/// Sends calls by [`reqwest`].
pub(crate) struct HttpTransport {
    client: reqwest::Client,
    /// Whether the caller made the client, which then may follow redirects.
    is_callers: bool,
}

impl HttpTransport {
    pub(crate) fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            is_callers: false,
        }
    }

    pub(crate) fn of_caller(client: reqwest::Client) -> Self {
        Self {
            client,
            is_callers: true,
        }
    }

    /// Sends a request once.
    pub(crate) fn execute(
        &self,
        verb: Verb,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> impl Future<Output = reqwest::Result<Response>> + use<> {
        let mut request = Request::new(verb.to_http(), url);
        *request.headers_mut() = headers;
        *request.body_mut() = match body.content {
            Content::Bytes(bytes) if bytes.is_empty() => None,
            Content::Bytes(bytes) => Some(bytes.into()),
            Content::Stream(stream) => Some(reqwest::Body::wrap_stream(stream)),
        };
        // reqwest leaves the length out for an empty body, and sends a stream in chunks without it.
        if let Some(length) = body.length
            && (length > 0 || verb.expects_body())
        {
            let headers = request.headers_mut();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        self.client.execute(request)
    }

    /// The reply that a response to a request for a URL is.
    pub(crate) fn reply(&self, asked: &Url, response: reqwest::Result<Response>) -> Result<Reply> {
        let mut response = response.map_err(error::connection)?;
        if self.is_callers && asked != response.url() {
            return Err(error::redirected(response.url()));
        }
        Ok(Reply {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Incoming::Response(Box::new(response)),
        })
    }
}
