//! The one way by which requests are sent.

use bytes::Bytes;
use google_cloud_gax::options::{RequestOptions, internal::RequestOptionsExt};
use http::{HeaderMap, HeaderValue, header};

use crate::{
    Client, InvalidRequest, Method, Request, Result,
    auth::{self, Authorization},
    error,
    headers::{self, Headers},
    invalid::Problem,
    path,
    query::Query,
    response::{self, Response},
    retry::Attempts,
    transport::{Body, Call, Reply},
};

/// A request that can be sent, as often as it takes.
pub(crate) struct Prepared {
    client: Client,
    method: &'static Method,
    path: Vec<(&'static str, String)>,
    query: Query,
    url: reqwest::Url,
    headers: HeaderMap,
    body: Bytes,
    options: RequestOptions,
}

impl Prepared {
    /// Checks a request, and writes its URL, headers and body.
    pub(crate) fn new(mut request: Request) -> Result<Self> {
        let body = request.take_json()?;
        request.query.set_default("alt", "json");
        request.query.set_default("prettyPrint", "false");
        Self::build(request, body).map_err(error::invalid_request)
    }

    fn build(request: Request, body: Option<Bytes>) -> std::result::Result<Self, InvalidRequest> {
        let method = request.method;
        let refuse = |problem: Problem| InvalidRequest::new(method.id(), problem);
        let config = &request.client.0;
        let expanded = path::expand(method.path(), &request.path).map_err(refuse)?;
        let full = format!("{}{expanded}", config.service.path_prefix());
        let url = config
            .endpoint
            .join(&full, &request.query.encode())
            .map_err(refuse)?;
        let mut headers = headers::of_request(method, config, &request.options).map_err(refuse)?;
        if body.is_some() {
            let json = HeaderValue::from_static("application/json");
            headers.insert(header::CONTENT_TYPE, json);
        }
        Ok(Self {
            path: request
                .path
                .into_iter()
                .map(|path| (path.name, path.value))
                .collect(),
            client: request.client,
            method,
            query: request.query,
            url,
            headers,
            body: body.unwrap_or_default(),
            options: request.options,
        })
    }

    /// Sends the request until it succeeds or the retry policy gives up, and reads the response.
    pub(crate) async fn send(&self) -> Result<Response> {
        let config = &self.client.0;
        let idempotent = self.method.verb().is_idempotent();
        let mut attempts = Attempts::new(&config.retry, &self.options, idempotent);
        loop {
            let (_, limit) = attempts.begin();
            let attempt = async {
                let reply = self.attempt().await?;
                let body = response::collect(reply.body, config.max_response_size).await?;
                Ok(Response {
                    status: reply.status,
                    headers: reply.headers,
                    body,
                })
            };
            let outcome = match limit {
                None => attempt.await,
                Some(limit) => tokio::time::timeout(limit, attempt)
                    .await
                    .unwrap_or_else(|_| Err(error::timeout(limit))),
            };
            match outcome {
                Ok(response) => {
                    attempts.succeeded();
                    return Ok(response);
                }
                Err(error) => attempts.failed(error).await?,
            }
        }
    }

    /// Sends the request once; or twice, if the token had just been renewed.
    async fn attempt(&self) -> Result<Reply> {
        let credentials = &self.client.0.credentials;
        let authorization = auth::authorize(credentials).await?;
        let outcome = self.exchange(&authorization).await;
        let refused = matches!(&outcome, Err(error) if error.http_status_code() == Some(401));
        if refused && let Some(renewed) = auth::renewed(credentials, &authorization).await {
            return self.exchange(&renewed).await;
        }
        outcome
    }

    async fn exchange(&self, authorization: &Authorization) -> Result<Reply> {
        let config = &self.client.0;
        let call = Call {
            method: self.method,
            path: self.path.clone(),
            query: self.query.clone(),
            url: self.url.clone(),
            headers: self
                .headers
                .clone()
                .with_authorization(&authorization.headers),
            body: Body::from_bytes(self.body.clone()),
        };
        let reply = config.transport.send(call).await?;
        response::check(reply, config.max_response_size).await
    }
}

/// The headers that a caller added to one request.
pub(crate) fn custom_headers(options: &RequestOptions) -> Option<&HeaderMap> {
    options.get_extension::<HeaderMap>()
}
