//! Hosts that credentials may go to.

use reqwest::Url;

use crate::{client::endpoint::is_loopback, description::service::PUBLIC_UNIVERSE};

/// Returns whether a URL is at the host of another. All names of this machine are one host.
pub(super) fn is_same_host(url: &Url, other: &Url) -> bool {
    let same_host = url.host() == other.host() || (is_loopback(url) && is_loopback(other));
    let same_port = url.port_or_known_default() == other.port_or_known_default();
    has_no_user(url) && url.scheme() == other.scheme() && same_port && same_host
}

/// Returns whether a URL is at a host of Google's APIs in a universe, over TLS.
pub(super) fn is_googles_api(url: &Url, universe: &str) -> bool {
    let parent = url.host_str().and_then(|host| host.strip_suffix(universe));
    let within = parent.is_some_and(|parent| parent.ends_with('.'));
    has_no_user(url) && within && url.scheme() == "https" && url.port().is_none()
}

/// Returns whether a URL is at a host that only Google serves: one of its APIs, or of its sites, such
/// as `docs.google.com`. Deeper names below `google.com` may lead to machines of customers.
pub(super) fn is_googles(url: &Url, universe: &str) -> bool {
    let site = url
        .host_str()
        .and_then(|host| host.strip_suffix(".google.com"));
    let is_site = site.is_some_and(|site| !site.is_empty() && !site.contains('.'));
    let at_site = has_no_user(url) && url.scheme() == "https" && url.port().is_none();
    is_googles_api(url, universe) || (universe == PUBLIC_UNIVERSE && is_site && at_site)
}

fn has_no_user(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none()
}

/// Returns a URL as messages show it: without what may be secret.
pub(super) fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    // Fails for a URL without a host, which has neither.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.set_query(None);
    shown.set_fragment(None);
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn hosts_of_googles() {
        for (text, api, any) in [
            ("https://storage.googleapis.com/a", true, true),
            ("https://docs.google.com/a", false, true),
            ("https://a.b.google.com/a", false, false),
            ("https://google.com/a", false, false),
            ("https://evilgoogle.com/a", false, false),
            ("https://docs.google.com.example/a", false, false),
            ("http://docs.google.com/a", false, false),
            ("https://docs.google.com:8443/a", false, false),
            ("https://me@docs.google.com/a", false, false),
            ("https://googleapis.com/a", false, false),
        ] {
            assert_eq!(is_googles_api(&url(text), "googleapis.com"), api, "{text}");
            assert_eq!(is_googles(&url(text), "googleapis.com"), any, "{text}");
        }
        assert!(!is_googles(&url("https://docs.google.com/"), "example.com"));
        assert!(is_googles(&url("https://a.example.com/"), "example.com"));
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        let secret = url("https://me:pass@h:8/a/b?token=1#x");
        assert_eq!(shown(&secret), "https://h:8/a/b");
        assert_eq!(shown(&url("file:///a")), "file:///a");
    }
}
