//! Requests that are ready to be sent.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use crate::{
    call::{payload::Payload, request::Request},
    client::Client,
    description::{
        http_method::HttpMethod, media::DownloadVia, method::Method, template::Template,
    },
    error::{
        self, Result,
        invalid::{InvalidRequest, Problem},
    },
    json::http_body::HttpBody,
    request::{extras::Extras, headers, options::Options, path},
    transport::call::Parameters,
};

/// A checked request, which can be sent several times.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    pub(crate) http_method: HttpMethod,
    /// True if the request may be repeated, unless its options override this.
    pub(super) idempotent: bool,
    pub(super) parameters: Arc<Parameters>,
    pub(crate) url: reqwest::Url,
    /// The headers specific to this request.
    pub(crate) headers: HeaderMap,
    pub(super) payload: Payload,
    pub(crate) options: Options,
    /// True if its host may receive the credentials.
    pub(super) trusted: bool,
}

/// The path of a method that a request is sent to.
pub(crate) enum Destination {
    /// The method's own path, below that of the service.
    Method,
    /// The path of an upload, below the root URL.
    Upload(Template),
    /// The path that returns media.
    Download(DownloadVia),
    /// A URL that a reply named.
    Url(reqwest::Url),
}

impl Prepared {
    /// Checks a request with the body that it has, if any.
    pub(crate) fn json(mut request: Request) -> Result<Self> {
        let id = request.method.id();
        let body = body(&mut request)?;
        Self::new(request, &Destination::Method, body)
            .map_err(|problem| error::invalid_request(InvalidRequest::new(id, problem)))
    }

    /// Checks a request, and builds its URL and headers.
    pub(crate) fn new(
        mut request: Request,
        destination: &Destination,
        body: Option<(HeaderValue, Payload)>,
    ) -> Result<Self, Problem> {
        if let Some(problem) = request.problem {
            return Err(*problem);
        }
        request.complete_query()?;
        let method = request.method;
        let config = &request.client.0;
        let service_path = config.service.service_path();
        let (prefix, template) = match destination {
            Destination::Upload(path) => (["", ""], *path),
            // Google's own; emulators and proxies serve media where the method is.
            Destination::Download(DownloadVia::Service) if !config.endpoint.is_custom() => {
                (["download/", service_path], method.path())
            }
            _ => (["", service_path], method.path()),
        };
        let url = match destination {
            Destination::Url(url) => url.clone(),
            _ => {
                if !request.raw_response {
                    request.query.set_default("alt", "json");
                }
                request.query.set_default("prettyPrint", "false");
                let checks_patterns =
                    Extras::of(&request.options).is_none_or(Extras::checks_patterns);
                let path = path::expand(&prefix, template, &request.path, checks_patterns)?;
                config.endpoint.join(&path, &request.query.encode())?
            }
        };
        let mut headers = headers::of_request(method, config.service, &request.options)?;
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
            http_method: method.http_method(),
            // Media is costly to send, and a second copy may become a second object.
            idempotent: (method.http_method().is_idempotent() || request.has_id) && !is_upload,
            parameters: Arc::new(Parameters {
                path: request.path,
                query: request.query,
            }),
            url,
            headers,
            payload,
            options: request.options,
            trusted: true,
        })
    }

    /// Prepares another request of the same call, with the same headers and options.
    pub(crate) fn follow_up(
        &self,
        http_method: HttpMethod,
        url: reqwest::Url,
        payload: Payload,
    ) -> Self {
        Self {
            client: self.client.clone(),
            method: self.method,
            http_method,
            idempotent: self.idempotent,
            parameters: self.parameters.clone(),
            url,
            headers: self.headers.clone(),
            payload,
            options: self.options.clone(),
            trusted: self.trusted,
        }
    }

    /// Prepares the same request, with the same body if that is in memory.
    pub(crate) fn again(&self) -> Self {
        let body = match &self.payload {
            Payload::Bytes(bytes) => bytes.clone(),
            Payload::Media(_) => Bytes::new(),
        };
        self.follow_up(self.http_method, self.url.clone(), Payload::Bytes(body))
    }

    /// Prepares the request that follows a redirect. Unless the target is `trusted`, nothing goes
    /// along that is meant for the service alone.
    pub(crate) fn redirected(&self, url: reqwest::Url, trusted: bool) -> Self {
        let mut request = self.again();
        request.url = url;
        request.trusted &= trusted;
        request
    }
}

/// Takes the body of a request, with its content type.
pub(crate) fn body(request: &mut Request) -> Result<Option<(HeaderValue, Payload)>> {
    let id = request.method.id();
    let invalid = |problem| error::invalid_request(InvalidRequest::new(id, problem));
    if let Some(body) = request.http_body.take() {
        return raw_body(*body).map(Some).map_err(invalid);
    }
    let json = request.take_json()?;
    Ok(json.map(|json| {
        let content_type = HeaderValue::from_static("application/json");
        (content_type, Payload::Bytes(json))
    }))
}

/// Prepares a body that is sent as it is.
fn raw_body(body: HttpBody) -> Result<(HeaderValue, Payload), Problem> {
    let content_type = body
        .content_type
        .as_deref()
        .unwrap_or("application/octet-stream");
    let content_type = headers::value("content-type", content_type)?;
    Ok((content_type, Payload::Bytes(body.data)))
}
