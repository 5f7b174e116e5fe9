//! The headers of a request.

use google_cloud_gax::options::{RequestOptions, internal::RequestOptionsExt as _};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    client::{Config, auth::Authorization},
    description::{method::Method, service::Service},
    error::invalid::Problem,
};

pub(crate) const API_CLIENT: HeaderName = HeaderName::from_static("x-goog-api-client");
pub(crate) const API_KEY: HeaderName = HeaderName::from_static("x-goog-api-key");
pub(crate) const API_VERSION: HeaderName = HeaderName::from_static("x-goog-api-version");
pub(crate) const USER_PROJECT: HeaderName = HeaderName::from_static("x-goog-user-project");

/// Headers with a setter of their own, or none, which `with_custom_header` leaves alone, as its
/// documentation says.
const RESERVED: [HeaderName; 9] = [
    header::USER_AGENT,
    header::AUTHORIZATION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::TRANSFER_ENCODING,
    API_KEY,
    API_CLIENT,
    USER_PROJECT,
];

/// How many headers [`reqwest`] adds: `Accept`, `Accept-Encoding` and `Content-Length`.
const ADDED: usize = 3;

/// The headers that all requests of a client have.
pub(crate) fn of_client(
    service: &Service,
    user_agent: Option<&str>,
    quota_project: Option<&str>,
) -> Result<HeaderMap, Problem> {
    let mut headers = HeaderMap::new();
    let versions = concat!(
        "gl-rust/",
        env!("RUSTC_VERSION"),
        " gdcl/",
        env!("CARGO_PKG_VERSION")
    );
    headers.insert(API_CLIENT, value("x-goog-api-client", versions)?);
    headers.insert(header::USER_AGENT, agent(service, user_agent)?);
    if let Some(project) = quota_project {
        headers.insert(USER_PROJECT, value("x-goog-user-project", project)?);
    }
    Ok(headers)
}

/// The headers of a request that the client does not send with every one, or that differ; except
/// those of its body and its credentials.
pub(crate) fn of_request(
    method: &Method,
    config: &Config,
    options: &RequestOptions,
) -> Result<HeaderMap, Problem> {
    let mut headers = HeaderMap::new();
    if let Some(version) = method.version_header() {
        headers.insert(API_VERSION, value("x-goog-api-version", version)?);
    }
    if let Some(prefix) = options.user_agent() {
        headers.insert(header::USER_AGENT, agent(config.service, Some(prefix))?);
    }
    if let Some(project) = options.quota_project() {
        headers.insert(USER_PROJECT, value("x-goog-user-project", project)?);
    }
    let custom = options.get_extension::<HeaderMap>();
    for (name, value) in custom.into_iter().flatten() {
        if !RESERVED.contains(name) {
            headers.insert(name, value.clone());
        }
    }
    Ok(headers)
}

/// All headers of an attempt, with room for those that the HTTP client adds.
pub(crate) fn of_attempt(
    config: &Config,
    own: &HeaderMap,
    authorization: &Authorization,
) -> HeaderMap {
    let given = [&config.headers, own, &authorization.headers];
    let length: usize = given.iter().map(|headers| headers.len()).sum();
    let mut headers = HeaderMap::with_capacity(length + ADDED);
    for (name, value) in config.headers.iter().chain(own) {
        headers.insert(name, value.clone());
    }
    authorization.add_to(&mut headers);
    headers
}

/// Google's front ends compress for agents that name gzip
/// ([performance tips](https://developers.google.com/docs/api/how-tos/performance#gzip)).
fn agent(service: &Service, prefix: Option<&str>) -> Result<HeaderValue, Problem> {
    let (name, version) = (service.package_name(), service.package_version());
    let text = match prefix {
        Some(prefix) => format!("{prefix} {name}/{version} (gzip)"),
        None => format!("{name}/{version} (gzip)"),
    };
    value("user-agent", &text)
}

/// A header's value, which must not hold the line break that would begin another header.
fn value(name: &'static str, text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(|_| Problem::Header {
        name,
        value: text.to_owned(),
    })
}
