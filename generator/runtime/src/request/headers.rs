//! The headers of a request.

use google_cloud_gax::options::{RequestOptions, internal::RequestOptionsExt as _};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    description::{method::Method, service::Service},
    error::invalid::Problem,
    request::extras::Extras,
};

pub(crate) const API_CLIENT: HeaderName = HeaderName::from_static("x-goog-api-client");
pub(crate) const API_KEY: HeaderName = HeaderName::from_static("x-goog-api-key");
pub(crate) const API_VERSION: HeaderName = HeaderName::from_static("x-goog-api-version");
pub(crate) const USER_PROJECT: HeaderName = HeaderName::from_static("x-goog-user-project");

/// Headers that `with_custom_header` ignores, as its documentation says. They have setters of their
/// own, or none.
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

/// Returns the headers of all requests of a client.
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
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    if let Some(project) = quota_project {
        headers.insert(USER_PROJECT, value("x-goog-user-project", project)?);
    }
    Ok(headers)
}

/// Returns the headers of one request that differ from those of all requests, without those of its
/// body and its credentials.
pub(crate) fn of_request(
    method: &Method,
    service: &Service,
    options: &RequestOptions,
) -> Result<HeaderMap, Problem> {
    let mut headers = HeaderMap::new();
    if let Some(version) = method.api_version() {
        headers.insert(API_VERSION, value("x-goog-api-version", version)?);
    }
    if let Some(prefix) = options.user_agent() {
        headers.insert(header::USER_AGENT, agent(service, Some(prefix))?);
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
    if let Some(extras) = Extras::of(options) {
        for (name, etag) in extras.conditions() {
            headers.insert(HeaderName::from_static(name), value(name, etag)?);
        }
    }
    Ok(headers)
}

/// Returns the headers of a request to a host that must not see the credentials, nor anything else that is
/// meant for the service.
pub(crate) fn of_stranger(common: &HeaderMap, own: &HeaderMap) -> HeaderMap {
    let passed = [
        header::ACCEPT_ENCODING,
        header::IF_MATCH,
        header::RANGE,
        header::USER_AGENT,
    ];
    let value = |name: &HeaderName| own.get(name).or_else(|| common.get(name)).cloned();
    passed
        .into_iter()
        .filter_map(|name| Some((name.clone(), value(&name)?)))
        .collect()
}

/// Headers of replies that let everyone who knows them upload, download or call, or that name such a
/// URL: they are marked, so that `Debug` does not show them.
pub(crate) fn conceal(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        let is_secret = matches!(
            *name,
            header::LOCATION
                | header::CONTENT_LOCATION
                | header::SET_COOKIE
                | header::AUTHORIZATION
                | header::PROXY_AUTHORIZATION
                | header::LINK
                | header::REFRESH
        );
        let name = name.as_str();
        if is_secret || name.starts_with("x-guploader-") || name.starts_with("x-goog-upload-") {
            value.set_sensitive(true);
        }
    }
}

/// Google's front ends compress for agents that name gzip
/// ([performance tips](https://developers.google.com/docs/api/how-tos/performance#gzip)).
fn agent(service: &Service, prefix: Option<&str>) -> Result<HeaderValue, Problem> {
    let (name, version) = service.package();
    let text = match prefix.map(str::trim).filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix} {name}/{version} (gzip)"),
        None => format!("{name}/{version} (gzip)"),
    };
    value("user-agent", &text)
}

/// Checks the value of a header. A line break in it would start another header.
pub(crate) fn value(name: &'static str, text: &str) -> Result<HeaderValue, Problem> {
    let value = HeaderValue::from_str(text).ok();
    let value = value.filter(|_| !text.trim().is_empty());
    value.ok_or_else(|| Problem::Header {
        name,
        value: text.to_owned(),
    })
}
