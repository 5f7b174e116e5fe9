//! Refuses hosts that are not Google's: the user's credentials would go there.

use crate::problem::quoted;
use crate::{Document, Pointer, Problem, Problems, Severity};

/// The domain of all of Google's APIs.
const GOOGLE: &str = "googleapis.com";

/// Refuses each URL of a host that is not Google's, unless the overlay has given or confirmed it.
pub(crate) fn check(document: &Document, problems: &mut Problems, is_meant: impl Fn(&str) -> bool) {
    let has_error = |place: &str| {
        let mut errors = problems
            .iter()
            .filter(|found| found.severity == Severity::Error);
        errors.any(|error| error.pointer.starts_with(place))
    };
    let mut found = Vec::new();
    let mut check = |at: Pointer<'_>, url: &str, help: &str| {
        let place = at.to_string();
        // A URL that was found wrong leads nowhere.
        if !url.is_empty() && !is_of_google(url) && !is_meant(&place) && !has_error(&place) {
            let host = quoted(host(url));
            let message = format!("credentials would go to {host}, which is no host of Google's");
            found.push(Problem::error(at, message).with_help(help));
        }
    };
    let root = Pointer::ROOT;
    let help = "if that is meant, repeat the URL in an overlay";
    check(root.key("rootUrl"), &document.root_url, help);
    let mtls = document.mtls_root_url.as_deref().unwrap_or_default();
    check(root.key("mtlsRootUrl"), mtls, help);
    let endpoints = root.key("endpoints");
    // What could not be read is not in the list, and then an index is that of another endpoint.
    if !has_error(&endpoints.to_string()) {
        for (index, endpoint) in document.endpoints.iter().enumerate() {
            let at = endpoints.index(index);
            let help = "if that is meant, repeat all of `endpoints` in an overlay";
            check(at.key("endpointUrl"), &endpoint.endpoint_url, help);
        }
    }
    problems.extend(found);
}

/// Whether a URL leads to a host of Google's. One that is no URL of the kind that is allowed here
/// is a problem of its own.
pub(crate) fn is_of_google(url: &str) -> bool {
    let host = host(url).to_ascii_lowercase();
    let subdomain = host.strip_suffix(GOOGLE);
    subdomain.is_some_and(|subdomain| subdomain.is_empty() || subdomain.ends_with('.'))
}

fn host(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    let authority = rest.split('/').next().unwrap_or_default();
    authority.split(':').next().unwrap_or_default()
}
