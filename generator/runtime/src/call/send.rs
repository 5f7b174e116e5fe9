//! The one way by which requests are sent.

use std::{pin::pin, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tracing::{Instrument as _, Span};

use crate::{
    call::{
        request::Request,
        response::{self, Reading, Response},
        retry::{Attempts, within},
        trace,
    },
    client::{Client, auth::Authorization},
    description::method::{DownloadPath, Method, Verb},
    error::{
        self, Result,
        invalid::{InvalidRequest, Problem},
    },
    http_body::HttpBody,
    media::Payload,
    request::{headers, options::Options, path},
    transport::{Call, Parameters, Reply, http_transport::Carrier},
};

/// A request that can be sent, as often as it takes.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    verb: Verb,
    /// Whether it may be repeated, unless the caller says otherwise.
    idempotent: bool,
    parameters: Arc<Parameters>,
    pub(crate) url: reqwest::Url,
    /// Those that the client does not send with every request, or that differ.
    pub(crate) headers: HeaderMap,
    payload: Payload,
    pub(crate) options: Options,
}

/// Which of a method's paths a request goes to.
pub(crate) enum Destination {
    /// Its own, below the service's path.
    Method,
    /// That for media, below the root URL.
    Upload(&'static str),
    /// That which answers with media.
    Download(DownloadPath),
}

impl Prepared {
    /// Checks a request with its JSON body, if it has one.
    pub(crate) fn json(mut request: Request) -> Result<Self> {
        let id = request.method.id();
        let body = match request.http_body.take() {
            Some(body) => Some(raw(id, *body)?),
            None => request.take_json()?.map(|json| {
                let content_type = HeaderValue::from_static("application/json");
                (content_type, Payload::Bytes(json))
            }),
        };
        Self::new(request, &Destination::Method, body)
            .map_err(|problem| error::invalid_request(InvalidRequest::new(id, problem)))
    }

    /// Checks a request, and writes its URL and headers.
    pub(crate) fn new(
        mut request: Request,
        destination: &Destination,
        body: Option<(HeaderValue, Payload)>,
    ) -> Result<Self, Problem> {
        let method = request.method;
        let config = &request.client.0;
        let template = match destination {
            Destination::Method | Destination::Download(DownloadPath::Method) => {
                ["", config.service.path_prefix(), method.path()]
            }
            Destination::Upload(path) => ["", "", path],
            Destination::Download(DownloadPath::Service) => {
                ["download/", config.service.path_prefix(), method.path()]
            }
        };
        if let Some(problem) = request.problem {
            return Err(*problem);
        }
        if !request.raw_response {
            request.query.set_default("alt", "json");
        }
        request.query.set_default("prettyPrint", "false");
        let path = path::expand(&template, &request.path)?;
        let url = config.endpoint.join(&path, &request.query.encode())?;
        let mut headers = headers::of_request(method, config, &request.options)?;
        let payload = match body {
            None => Payload::Bytes(Bytes::new()),
            Some((content_type, payload)) => {
                headers.insert(header::CONTENT_TYPE, content_type);
                payload
            }
        };
        let is_upload = matches!(destination, Destination::Upload(_));
        Ok(Self {
            client: request.client,
            method,
            verb: method.verb(),
            // Media is costly to send, and a second copy may be a second object.
            idempotent: method.verb().is_idempotent() && !is_upload,
            parameters: Arc::new(Parameters {
                path: request.path,
                query: request.query,
            }),
            url,
            headers,
            payload,
            options: request.options,
        })
    }

    /// Another request that belongs to the same call, with the same headers and options.
    pub(crate) fn follow_up(&self, verb: Verb, url: reqwest::Url, payload: Payload) -> Self {
        Self {
            client: self.client.clone(),
            method: self.method,
            verb,
            idempotent: self.idempotent,
            parameters: self.parameters.clone(),
            url,
            headers: self.headers.clone(),
            payload,
            options: self.options.clone(),
        }
    }

    /// Sends the request until it succeeds or the retry policy gives up, and makes an answer of the
    /// response.
    ///
    /// A response of which none can be made is the end: the service has done what it was asked.
    pub(crate) async fn send<T, F>(
        &self,
        reading: Reading,
        answer: impl Fn(Response) -> F,
    ) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        let span = trace::call(self);
        // Pinned where it is made, since moving it takes longer than the rest of this.
        let persist = pin!(self.persist(reading, answer, &span));
        let result = if span.is_none() {
            persist.await
        } else {
            persist.instrument(span.clone()).await
        };
        trace::ended(&span, result.as_ref().map(|(status, _)| *status));
        result.map(|(_, answer)| answer)
    }

    async fn persist<T, F>(
        &self,
        reading: Reading,
        answer: impl Fn(Response) -> F,
        span: &Span,
    ) -> Result<(StatusCode, T)>
    where
        F: Future<Output = Result<T>>,
    {
        let config = &self.client.0;
        let mut attempts =
            Attempts::new(&config.retry, &self.options, self.idempotent, span.clone());
        loop {
            let limit = attempts.begin();
            let outcome = within(limit, pin!(self.attempt(reading, &mut attempts))).await;
            let response = match outcome {
                Ok(response) => response,
                Err(error) => {
                    attempts.tell(Err(&error));
                    let repeatable = self.payload.is_repeatable();
                    Box::pin(attempts.failed(error, repeatable)).await?;
                    continue;
                }
            };
            let status = response.status;
            let answer = attempts.concluded(status, answer(response).await)?;
            return Ok((status, answer));
        }
    }

    async fn attempt(&self, reading: Reading, attempts: &mut Attempts) -> Result<Response> {
        let mut reply = self.authorized(attempts).await?;
        let limit = self.client.0.max_response_size;
        reading.read(&mut reply, limit).await
    }

    /// Sends the request once; or twice, if the service refused the token and another can be had.
    pub(crate) async fn authorized(&self, attempts: &mut Attempts) -> Result<Reply> {
        let config = &self.client.0;
        if !config.universe.is_checked() {
            Box::pin(config.universe.check(&config.identity)).await?;
        }
        let authorization = config.identity.authorize().await?;
        let outcome = self.exchange(&authorization).await;
        if let Err(error) = &outcome
            && error.http_status_code() == Some(StatusCode::UNAUTHORIZED.as_u16())
            && self.payload.is_repeatable()
            && let Some(renewed) = Box::pin(config.identity.renewed(&authorization)).await
        {
            attempts.resend(error);
            return Box::pin(self.exchange(&renewed)).await;
        }
        outcome
    }

    async fn exchange(&self, authorization: &Authorization) -> Result<Reply> {
        let config = &self.client.0;
        let body = self.payload.open().await?;
        let headers = headers::of_attempt(config, &self.headers, authorization);
        let url = self.url.clone();
        let reply = match &config.carrier {
            Carrier::Http(transport) => {
                let response = transport.execute(self.verb, url, headers, body).await;
                transport.reply(&self.url, response)?
            }
            Carrier::Callers(transport) => {
                let call = Call {
                    method: self.method,
                    verb: self.verb,
                    parameters: self.parameters.clone(),
                    url,
                    headers,
                    body,
                };
                transport.send(call).await?
            }
        };
        if reply.status.is_success() {
            return Ok(reply);
        }
        Err(Box::pin(response::failure(reply, config.max_response_size)).await)
    }
}

/// A body that is sent as it is.
fn raw(method: &'static str, body: HttpBody) -> Result<(HeaderValue, Payload)> {
    let content_type = body
        .content_type
        .as_deref()
        .unwrap_or("application/octet-stream");
    let header = HeaderValue::from_str(content_type).map_err(|_| {
        let (name, value) = ("content-type", content_type.to_owned());
        error::invalid_request(InvalidRequest::new(method, Problem::Header { name, value }))
    })?;
    Ok((header, Payload::Bytes(body.data)))
}
