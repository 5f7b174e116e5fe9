//! HTTP to the endpoints of OAuth.

use std::{error::Error as _, iter, pin::Pin, time::Duration};

use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse, url::Url};

use crate::error::{Error, Result, excerpt};

const TIMEOUT: Duration = Duration::from_secs(60);

/// The largest body of a reply, in bytes. Those of OAuth servers have a few thousand.
const LARGEST: usize = 1 << 20;

/// An HTTP client for one server. It follows no redirects.
#[derive(Clone, Debug)]
pub(crate) struct Http(reqwest::Client);

impl Http {
    /// Builds the client for a server. The proxies of the environment are not used on this machine.
    pub(crate) fn new(server: &Url) -> Result<Self> {
        let unusable = |cause: &dyn std::error::Error| Error::Configuration(cause.to_string());
        let builder = discovery_runtime::http_client_builder().map_err(|cause| unusable(&cause))?;
        let mut builder = builder.timeout(TIMEOUT);
        if is_local(server) {
            builder = builder.no_proxy();
        }
        Ok(Self(builder.build().map_err(|cause| unusable(&cause))?))
    }

    /// Posts a form.
    pub(crate) async fn post(&self, url: &Url, form: &[(&str, &str)]) -> Result<HttpResponse> {
        let form = oauth2::url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = http::Request::post(url.as_str())
            .header(
                http::header::CONTENT_TYPE,
                "application/x-www-form-urlencoded",
            )
            .body(form.into_bytes());
        let request = request.map_err(|cause| Error::Configuration(cause.to_string()))?;
        self.send(request).await
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse> {
        let host = request.uri().host().unwrap_or_default().to_owned();
        let offline = |cause| offline(&host, &cause);
        let request = request.try_into().map_err(offline)?;
        let mut reply = self.0.execute(request).await.map_err(offline)?;
        let status = reply.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(Error::Unavailable { host, status });
        }
        let headers = std::mem::take(reply.headers_mut());
        let mut body = Vec::new();
        while let Some(piece) = reply.chunk().await.map_err(offline)? {
            if body.len() + piece.len() > LARGEST {
                return Err(Error::NotOAuth);
            }
            body.extend_from_slice(&piece);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Returns the URL of an endpoint, to which secrets may be sent.
///
/// # Errors
///
/// If it is not a URL, or is neither encrypted nor on this machine.
pub(crate) fn endpoint(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok();
    url.filter(|url| url.scheme() == "https" || (url.scheme() == "http" && is_local(url)))
        .ok_or_else(|| {
            let shown = excerpt(text);
            Error::Configuration(format!("the endpoint {shown:?} must be an https URL"))
        })
}

fn is_local(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// Returns the error of a request that got no reply, with its innermost cause.
fn offline(host: &str, cause: &reqwest::Error) -> Error {
    let first = cause.source();
    let innermost = iter::successors(first, |&cause| cause.source()).last();
    let cause = match innermost {
        _ if cause.is_timeout() => "no reply in time".to_owned(),
        Some(innermost) => excerpt(&innermost.to_string()),
        None => excerpt(&cause.to_string()),
    };
    Error::Offline {
        host: host.to_owned(),
        cause,
    }
}
