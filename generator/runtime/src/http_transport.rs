//! The transport that speaks HTTP.

use http::{HeaderValue, header};
use reqwest::{Body, Request};

use crate::{
    Result, error,
    incoming::Incoming,
    transport::{Call, Content, Reply, Transport},
};

/// Sends calls by [`reqwest`].
#[derive(Clone, Debug)]
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
}

impl Transport for HttpTransport {
    async fn send(&self, call: Call) -> Result<Reply> {
        let verb = call.verb();
        let asked = self.is_callers.then(|| call.url.clone());
        let length = call.body.length;
        let mut request = Request::new(verb.to_http(), call.url);
        *request.headers_mut() = call.headers;
        *request.body_mut() = match call.body.content {
            Content::Bytes(bytes) if bytes.is_empty() => None,
            Content::Bytes(bytes) => Some(bytes.into()),
            Content::Stream(stream) => Some(Body::wrap_stream(stream)),
        };
        // reqwest leaves the length out for an empty body, and sends a stream in chunks without it.
        if let Some(length) = length
            && (length > 0 || verb.expects_body())
        {
            let headers = request.headers_mut();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        let response = self.client.execute(request).await;
        let mut response = response.map_err(error::connection)?;
        if asked.is_some_and(|asked| asked != *response.url()) {
            return Err(error::redirected(response.url()));
        }
        Ok(Reply {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Incoming::Response(Box::new(response)),
        })
    }
}
