//! Redirects of downloads.
//!
//! Some services answer a request for media by the URL where it lies, often at a host that must not
//! see the credentials.

use http::{HeaderValue, StatusCode, header};
use reqwest::Url;

use crate::{
    call::{prepared::Prepared, retry::Attempts},
    client::endpoint::is_loopback,
    description::http_method::HttpMethod,
    error::{self, Error, MediaError, Result},
    media::trust,
    transport::reply::Reply,
};

/// The number of redirects of one request that are followed.
const LIMIT: usize = 5;

/// Sends a request for media, with a condition if there is one, and follows redirects. Returns the
/// reply, and whether it came by a redirect.
///
/// If the condition is a tag of a host that the request was `redirected` to, only such hosts get it.
pub(super) async fn follow(
    request: &Prepared,
    condition: Option<&HeaderValue>,
    redirected: bool,
    attempts: &mut Attempts,
) -> Result<(Reply, bool)> {
    let origin = request.url.clone();
    let mut request = conditional(request.again(), condition.filter(|_| !redirected));
    let mut hops = 0;
    loop {
        let outcome = Box::pin(request.authorized(attempts)).await;
        let target = outcome
            .as_ref()
            .err()
            .and_then(|error| target(error, &request.url));
        let Some(target) = target else {
            return outcome.map(|reply| (reply, hops > 0));
        };
        if hops == LIMIT || request.http_method != HttpMethod::Get || !is_admitted(&target, &origin)
        {
            let target = trust::shown(&target);
            return Err(error::media(MediaError::Redirected { target }));
        }
        let trusted = trust::is_same_host(&target, &origin);
        request = conditional(request.redirected(target, trusted), condition);
        hops += 1;
    }
}

fn conditional(mut request: Prepared, condition: Option<&HeaderValue>) -> Prepared {
    if let Some(condition) = condition {
        request.headers.insert(header::IF_MATCH, condition.clone());
    }
    request
}

/// Returns the URL that a reply redirects to.
fn target(error: &Error, from: &Url) -> Option<Url> {
    let status = StatusCode::from_u16(error.http_status_code()?).ok()?;
    let redirects = matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = error.http_headers()?.get(header::LOCATION)?;
    let location = location.to_str().ok().filter(|_| redirects)?;
    from.join(location).ok()
}

/// Returns whether a target may be called: over TLS, or on this machine if the service is.
fn is_admitted(target: &Url, origin: &Url) -> bool {
    let is_local = |url: &Url| url.scheme() == "http" && is_loopback(url);
    let is_plain = is_local(target) && is_local(origin);
    let has_user = !target.username().is_empty() || target.password().is_some();
    let is_open = target.scheme() == "https" || is_plain || trust::is_same_host(target, origin);
    is_open && !has_user
}
