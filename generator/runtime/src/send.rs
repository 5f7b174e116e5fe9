//! The one way by which requests are sent.

use bytes::Bytes;
use google_cloud_gax::options::RequestOptions;
use http::{HeaderMap, HeaderValue, header};
use tracing::Instrument as _;

use crate::{
    Client, DownloadPath, Error, HttpBody, InvalidRequest, Method, Request, Result, Verb,
    auth::Authorization,
    error, headers,
    invalid::Problem,
    media::Payload,
    path,
    query::Query,
    response::{self, Reading, Response},
    retry::{Attempts, within},
    trace,
    transport::{Call, Reply},
};

/// A request that can be sent, as often as it takes.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    verb: Verb,
    path: Vec<(&'static str, String)>,
    query: Query,
    pub(crate) url: reqwest::Url,
    pub(crate) headers: HeaderMap,
    payload: Payload,
    pub(crate) options: RequestOptions,
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
            Some(body) => Some(raw(id, body)?),
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
                format!("{}{}", config.service.path_prefix(), method.path())
            }
            Destination::Upload(path) => (*path).to_owned(),
            Destination::Download(DownloadPath::Service) => {
                let prefix = config.service.path_prefix();
                format!("download/{prefix}{}", method.path())
            }
        };
        if let Some(problem) = request.problem {
            return Err(problem);
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
        let path = request.path.into_iter();
        Ok(Self {
            path: path.map(|path| (path.name, path.value)).collect(),
            client: request.client,
            method,
            verb: method.verb(),
            query: request.query,
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
            path: self.path.clone(),
            query: self.query.clone(),
            url,
            headers: self.headers.clone(),
            payload,
            options: self.options.clone(),
        }
    }

    /// Sends the request until it succeeds or the retry policy gives up, and reads the response.
    pub(crate) async fn send(&self, reading: Reading) -> Result<Response> {
        let span = trace::call(self);
        let result = self.persist(reading, &span).instrument(span.clone()).await;
        trace::ended(&span, result.as_ref().map(|response| response.status));
        result
    }

    async fn persist(&self, reading: Reading, span: &tracing::Span) -> Result<Response> {
        let idempotent = self.method.verb().is_idempotent();
        let mut attempts = Attempts::new(&self.client.0.retry, &self.options, idempotent);
        loop {
            let (attempt, limit) = attempts.begin();
            let outcome = within(limit, self.attempt(reading)).await;
            let status = outcome.as_ref().map(|response| response.status);
            trace::attempted(span, attempt, status);
            match outcome {
                Ok(mut response) => {
                    attempts.succeeded();
                    response.attempts = attempt.number;
                    return Ok(response);
                }
                Err(error) => attempts.failed(error, self.payload.is_repeatable()).await?,
            }
        }
    }

    async fn attempt(&self, reading: Reading) -> Result<Response> {
        let reply = self.authorized().await?;
        reading.read(reply, self.client.0.max_response_size).await
    }

    /// Sends the request once; or twice, if the token that the service refused has been renewed
    /// in the meantime.
    pub(crate) async fn authorized(&self) -> Result<Reply> {
        let config = &self.client.0;
        config.universe.check(&config.identity).await?;
        let authorization = config.identity.authorize().await?;
        let outcome = self.exchange(&authorization).await;
        if is_unauthenticated(&outcome)
            && self.payload.is_repeatable()
            && let Some(renewed) = config.identity.renewed(&authorization).await
        {
            return self.exchange(&renewed).await;
        }
        outcome
    }

    async fn exchange(&self, authorization: &Authorization) -> Result<Reply> {
        let config = &self.client.0;
        let mut headers = self.headers.clone();
        authorization.add_to(&mut headers);
        let call = Call {
            method: self.method,
            verb: self.verb,
            path: self.path.clone(),
            query: self.query.clone(),
            url: self.url.clone(),
            headers,
            body: self.payload.open().await?,
        };
        let reply = config.transport.send(call).await?;
        response::check(reply, config.max_response_size).await
    }
}

fn is_unauthenticated<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(error) if error.http_status_code() == Some(401))
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
