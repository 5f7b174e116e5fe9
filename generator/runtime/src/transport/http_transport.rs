//! The transport that speaks HTTP.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, header};
use reqwest::{Request, Response, Url};

use crate::{
    description::http_method::HttpMethod,
    error::{self, Result},
    transport::{
        DynTransport,
        body::{Body, Content},
        incoming::Incoming,
        reply::Reply,
    },
};

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

    /// Sends a request once.
    pub(crate) fn execute(
        &self,
        http_method: HttpMethod,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> impl Future<Output = reqwest::Result<Response>> + use<> {
        let mut request = Request::new(http_method.to_http(), url);
        *request.headers_mut() = headers;
        *request.body_mut() = match body.content {
            Content::Bytes(bytes) if bytes.is_empty() => None,
            Content::Bytes(bytes) => Some(bytes.into()),
            Content::Stream(stream) => Some(reqwest::Body::wrap_stream(stream)),
        };
        // reqwest omits the length of an empty body, and without it sends a stream in chunks.
        if let Some(length) = body.length
            && (length > 0 || http_method.expects_body())
        {
            let headers = request.headers_mut();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        self.client.execute(request)
    }

    /// Converts the outcome of a request for this URL.
    pub(crate) fn reply(
        &self,
        requested: &Url,
        response: reqwest::Result<Response>,
    ) -> Result<Reply> {
        let mut response = response.map_err(error::connection)?;
        if self.is_custom && requested != response.url() {
            return Err(error::redirected(response.url()));
        }
        Ok(Reply {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Incoming::Response(Box::new(response)),
        })
    }
}
