//! Requests, taken apart.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, header};
use percent_encoding::percent_decode_str;

use crate::validate::parameters::Parameters;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    pub(crate) verb: Method,
    /// `http://127.0.0.1:8080`.
    pub(crate) origin: String,
    /// Without the port.
    pub(crate) host: String,
    /// Without the slash at its start.
    pub(crate) path: String,
    pub(crate) query: Parameters,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Incoming {
    pub(crate) fn new(request: Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        let authority = parts.uri.authority().map(ToString::to_string);
        let header = parts
            .headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let authority = authority
            .or_else(|| header.map(str::to_owned))
            .unwrap_or_default();
        let scheme = parts.uri.scheme_str().unwrap_or("http");
        let origin = format!("{scheme}://{authority}");
        let host = authority
            .rsplit_once(':')
            .map_or(authority.as_str(), |(host, _)| host);
        let override_name = parts.headers.get("x-http-method-override");
        let verb = override_name
            .and_then(|name| Method::from_bytes(name.as_bytes()).ok())
            .unwrap_or(parts.method);
        Self {
            verb,
            host: host.to_owned(),
            origin,
            path: parts.uri.path().trim_start_matches('/').to_owned(),
            query: query(parts.uri.query().unwrap_or_default()),
            headers: parts.headers,
            body,
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Parses a query.
fn query(text: &str) -> Parameters {
    let mut query = Parameters::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        query.add(decode(name), decode(value));
    }
    query
}

fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
