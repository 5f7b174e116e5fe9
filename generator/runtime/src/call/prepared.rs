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
    http_body::HttpBody,
    request::{headers, options::Options, path},
    transport::call::Parameters,
};

/// A checked request, which can be sent several times.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    pub(super) http_method: HttpMethod,
    /// True if the request may be repeated, unless its options override this.
    pub(super) idempotent: bool,
    pub(super) parameters: Arc<Parameters>,
    pub(crate) url: reqwest::Url,
    /// The headers specific to this request.
    pub(crate) headers: HeaderMap,
    pub(super) payload: Payload,
    pub(crate) options: Options,
}

/// The path of a method that a request is sent to.
pub(crate) enum Destination {
    /// The method's own path, below that of the service.
    Method,
    /// The path of an upload, below the root URL.
    Upload(Template),
    /// The path that returns media.
    Download(DownloadVia),
}

impl Prepared {
    /// Checks a request with the body that it has, if any.
    pub(crate) fn json(mut request: Request) -> Result<Self> {
        let id = request.method.id();
        let invalid = |problem| error::invalid_request(InvalidRequest::new(id, problem));
        let body = match request.http_body.take() {
            Some(body) => Some(raw_body(*body).map_err(invalid)?),
            None => request.take_json()?.map(|json| {
                let content_type = HeaderValue::from_static("application/json");
                (content_type, Payload::Bytes(json))
            }),
        };
        Self::new(request, &Destination::Method, body).map_err(invalid)
    }

    /// Checks a request, and builds its URL and headers.
    pub(crate) fn new(
        mut request: Request,
        destination: &Destination,
        body: Option<(HeaderValue, Payload)>,
    ) -> Result<Self, Problem> {
        let method = request.method;
        let config = &request.client.0;
        let service_path = config.service.service_path();
        let (prefix, template) = match destination {
            Destination::Method | Destination::Download(DownloadVia::Method) => {
                (["", service_path], method.path())
            }
            Destination::Upload(path) => (["", ""], *path),
            Destination::Download(DownloadVia::Service) => {
                (["download/", service_path], method.path())
            }
        };
        if let Some(problem) = request.problem {
            return Err(*problem);
        }
        if !request.raw_response {
            request.query.set_default("alt", "json");
        }
        request.query.set_default("prettyPrint", "false");
        let path = path::expand(&prefix, template, &request.path)?;
        let url = config.endpoint.join(&path, &request.query.encode())?;
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
            idempotent: method.http_method().is_idempotent() && !is_upload,
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
        }
    }
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
