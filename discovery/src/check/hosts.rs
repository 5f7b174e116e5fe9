//! Refuses hosts that are not Google's: they would receive the user's credentials.

use crate::problem::quoted;
use crate::{Document, Pointer, Problem, Problems, Severity};

/// The domain of all Google APIs.
const GOOGLE: &str = "googleapis.com";

/// Refuses each URL of a host that is not Google's, unless `is_confirmed` by the overlay.
pub(crate) fn check(
    document: &Document,
    problems: &mut Problems,
    is_confirmed: impl Fn(&str) -> bool,
) {
    let mut found = Vec::new();
    let mut check = |at: Pointer<'_>, url: &str, help: &str| {
        // A malformed URL has been reported, and is empty here.
        if !url.is_empty() && !is_google_url(url) && !is_confirmed(&at.to_string()) {
            let host = quoted(host(url));
            let message = format!("credentials would go to {host}, which is not a Google host");
            found.push(Problem::error(at, message).with_help(help));
        }
    };
    let root = Pointer::ROOT;
    let help = "if that is intended, repeat the URL in an overlay";
    check(root.key("rootUrl"), &document.root_url, help);
    let mtls = document.mtls_root_url.as_deref().unwrap_or_default();
    check(root.key("mtlsRootUrl"), mtls, help);
    // The list lacks elements that could not be read, so its indices would be wrong.
    let mut errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    if !errors.any(|error| error.pointer.starts_with("/endpoints")) {
        let endpoints = root.key("endpoints");
        for (index, endpoint) in document.endpoints.iter().enumerate() {
            let at = endpoints.index(index);
            let help = "drop the endpoints with the overlay `{\"endpoints\": null}`; or, if that host \
                        is intended, repeat all of `endpoints` in the overlay";
            check(at.key("endpointUrl"), &endpoint.endpoint_url, help);
        }
    }
    problems.extend(found);
}

/// Returns whether a well-formed URL leads to a Google host.
pub(crate) fn is_google_url(url: &str) -> bool {
    let host = host(url).to_ascii_lowercase();
    let subdomain = host.strip_suffix(GOOGLE);
    subdomain.is_some_and(|subdomain| subdomain.is_empty() || subdomain.ends_with('.'))
}

fn host(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    let authority = rest.split('/').next().unwrap_or_default();
    authority.split(':').next().unwrap_or_default()
}
