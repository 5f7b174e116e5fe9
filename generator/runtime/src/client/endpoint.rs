//! Endpoints: the URLs that requests are sent to.

use std::borrow::Cow;

use reqwest::Url;

use crate::{
    client::domain,
    description::service::{PUBLIC_UNIVERSE, Service},
    error::{
        Result, configuration,
        invalid::{Problem, excerpt},
    },
};

/// Characters next to a user, a password, a key or a token in a URL.
const SECRETIVE: [char; 3] = ['@', '?', '#'];
/// The longest URL that the HTTP library sends, in bytes: a limit of [`http::Uri`].
const MAX_URL: usize = u16::MAX as usize - 1;

/// The URL that replaces the service's root URL.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    url: Url,
    /// The URL as text, without a slash at its end.
    text: String,
    local: bool,
    /// True if the caller named it.
    custom: bool,
}

impl Endpoint {
    /// The endpoint that the caller set.
    ///
    /// Credentials must not be sent in the clear, so plain HTTP is limited to this machine unless
    /// `insecure` allows it.
    pub(crate) fn custom(text: &str, insecure: bool) -> Result<Self> {
        let parsed = Url::parse(text);
        let refuse = |rule: &str| {
            let shown = match &parsed {
                _ if !text.contains(SECRETIVE) => excerpt(text),
                Ok(url) => excerpt(url.origin().ascii_serialization()),
                Err(_) => "that was given".to_owned(),
            };
            Err(configuration(format!("the endpoint {shown} {rule}")))
        };
        let Ok(url) = &parsed else {
            return refuse("is not a URL such as https://example.com");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("must not have a user or password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("must not have a query or a fragment");
        }
        match url.scheme() {
            "https" => {}
            "http" if insecure || is_loopback(url) => {}
            "http" => {
                return refuse(
                    "would send credentials in the clear: use https, \
                     or allow it by `with_insecure_endpoint_allowed`",
                );
            }
            _ => return refuse("must begin with https://"),
        }
        if url.domain().is_some_and(|domain| !domain::is_host(domain)) {
            return refuse("must have a host such as example.com");
        }
        if url.port() == Some(0) {
            return refuse("must not have the port 0");
        }
        // Every request would fail otherwise, since the HTTP library allows fewer URLs.
        if url.as_str().parse::<http::Uri>().is_err() {
            return refuse("is not a URL that HTTP can send");
        }
        Ok(Self {
            local: is_loopback(url),
            custom: true,
            text: url.as_str().trim_end_matches('/').to_owned(),
            url: url.clone(),
        })
    }

    /// The service's own endpoint in a universe.
    pub(crate) fn of(service: &Service, universe: &str) -> Result<Self> {
        let mut root = service.root_url().to_owned();
        if universe != PUBLIC_UNIVERSE {
            root = root.replacen(PUBLIC_UNIVERSE, universe, 1);
        }
        let custom = false;
        Ok(Self {
            custom,
            ..Self::custom(&root, false)?
        })
    }

    /// Returns whether the caller named it, in place of the service's own.
    pub(crate) fn is_custom(&self) -> bool {
        self.custom
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Returns whether it is protected by TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Returns whether it is on this machine.
    pub(crate) fn is_local(&self) -> bool {
        self.local
    }

    /// Returns the URL of a path, which has to stay unchanged: URLs lose dot segments, and would then
    /// lead to another resource than the one that the caller named.
    ///
    /// The rest of the URL is parsed once, when the client is built. No path can change it.
    pub(crate) fn join(&self, path: &str, query: &str) -> std::result::Result<Url, Problem> {
        let below = path.trim_start_matches('/');
        let mut url = self.url.clone();
        url.set_path(&match self.url.path().trim_end_matches('/') {
            "" => Cow::Borrowed(below),
            base => Cow::Owned(format!("{base}/{below}")),
        });
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        let rest = url.as_str().strip_prefix(&*self.text);
        let rest = rest.and_then(|rest| rest.strip_prefix('/')?.strip_prefix(below));
        let length = url.as_str().len();
        if length > MAX_URL {
            return Err(Problem::Other(format!(
                "the URL would have {length} bytes, but at most {MAX_URL} can be sent"
            )));
        }
        let kept = match rest {
            Some("") => query.is_empty(),
            Some(rest) => rest.strip_prefix('?') == Some(query),
            None => false,
        };
        if kept {
            return Ok(url);
        }
        let message = format!("no URL can have the path {}", excerpt(path));
        Err(Problem::Other(message))
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second line of defence: expansion does not produce such a path.
    #[test]
    fn a_path_that_a_url_would_change_is_refused() {
        let endpoint = Endpoint::custom("https://h/base/", false).unwrap();
        for path in [
            "a/../b",
            "a/%2e%2E/b",
            "a/.",
            "..",
            "a\\b",
            "a\tb",
            "a?b",
            "a#b",
            "a b",
            "é",
        ] {
            let problem = endpoint.join(path, "q=1").unwrap_err();
            let message = format!("no URL can have the path {}", excerpt(path));
            assert_eq!(problem.to_string(), message);
        }
        let url = endpoint.join("a/..:b/%252e%2F..", "q=1").unwrap();
        assert_eq!(url.as_str(), "https://h/base/a/..:b/%252e%2F..?q=1");
        let url = endpoint.join("/a", "").unwrap();
        assert_eq!(url.as_str(), "https://h/base/a");
    }
}
