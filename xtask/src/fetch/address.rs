//! Allowed addresses: those that the user gives, and Google's.

use std::net::IpAddr;

use ureq::http::Uri;

use crate::message::Message;

/// The parameters of queries that hold no secret.
const HARMLESS: [&str; 2] = ["version", "labels"];

/// Returns an address as it may be printed: without a password, and without values of its query, where
/// keys and tokens are.
pub(super) fn public(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let (address, query) = match url.split_once('?') {
        Some((address, query)) => (address, Some(query)),
        None => (url, None),
    };
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split('/').next().unwrap_or_default();
    let user = host.rfind('@').map_or(0, |at| at + 1);
    let rest = rest.get(user..).unwrap_or_default();
    let mut public = match (scheme, user) {
        ("", 0) => rest.to_owned(),
        ("", _) => format!("…@{rest}"),
        (scheme, 0) => format!("{scheme}://{rest}"),
        (scheme, _) => format!("{scheme}://…@{rest}"),
    };
    let parameters = query.iter().flat_map(|query| query.split('&'));
    for (index, parameter) in parameters.enumerate() {
        public.push(if index == 0 { '?' } else { '&' });
        let name = parameter.split('=').next().unwrap_or_default();
        match parameter.split_once('=') {
            Some(_) if HARMLESS.contains(&name) => public.push_str(parameter),
            Some(_) => public.push_str(&format!("{name}=…")),
            None => public.push('…'),
        }
    }
    public
}

/// Domains of Google.
const GOOGLE: [&str; 2] = ["googleapis.com", "google.com"];

/// The addresses that a run may read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// True if the user gave an address of this machine; its server may then name others on it.
    this_machine: bool,
}

impl Reach {
    /// The addresses of a run that begins at `url`: any host by `https`, this machine also by `http`.
    pub(super) fn from(url: &str) -> Result<Self, Message> {
        let uri = parse(url)?;
        let this_machine = is_loopback(&uri);
        match uri.scheme_str() {
            Some("https") => Ok(Self { this_machine }),
            Some("http") if this_machine => Ok(Self { this_machine }),
            _ => Err(Message::error(format!("{} is not `https`", public(url)))
                .help("`http` is for servers on this machine")),
        }
    }

    /// Returns whether the user gave an address of this machine.
    pub(super) fn is_this_machine(self) -> bool {
        self.this_machine
    }

    /// Checks an address that a server names.
    pub(super) fn check(self, url: &str) -> Result<(), Message> {
        let uri = parse(url)?;
        let https = uri.scheme_str() == Some("https");
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let is_google = |domain: &str| {
            let before = host.strip_suffix(domain);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        if https && GOOGLE.iter().any(|domain| is_google(domain)) {
            return Ok(());
        }
        if self.this_machine && is_loopback(&uri) {
            return Ok(());
        }
        Err(
            Message::error(format!(
                "{} is not an `https` address of Google",
                public(url)
            ))
            .help("if it is right, give it yourself: `--url URL`"),
        )
    }
}

fn parse(url: &str) -> Result<Uri, Message> {
    let uri = url.parse::<Uri>().ok().filter(|uri| uri.host().is_some());
    let uri = uri.filter(|uri| {
        !uri.authority()
            .is_some_and(|text| text.as_str().contains('@'))
    });
    uri.ok_or_else(|| {
        Message::error(format!("`{}` is not the address of a document", public(url)))
            .help("write `https://host/path`, without a user name")
    })
}

fn is_loopback(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_keys_are_not_printed() {
        let cases = [
            (
                "https://checks.googleapis.com/$discovery/rest?version=v1alpha&key=AIza",
                "https://checks.googleapis.com/$discovery/rest?version=v1alpha&key=…",
            ),
            ("https://me:pw@example.com/a@b", "https://…@example.com/a@b"),
            ("https://me:p@w@example.com", "https://…@example.com"),
            ("me:pw@example.com/a", "…@example.com/a"),
            ("https://example.com/?AIza#token", "https://example.com/?…"),
            ("https://example.com/a#access_token=b", "https://example.com/a"),
            ("checks.json", "checks.json"),
        ];
        for (url, expected) in cases {
            assert_eq!(public(url), expected);
        }
    }

    #[test]
    fn the_user_may_give_any_https_address() {
        let cases = [
            (
                "https://checks.googleapis.com/$discovery/rest?version=v1alpha",
                true,
            ),
            ("https://documents.example.com/checks.json", true),
            ("http://127.0.0.1:8080/checks.json", true),
            ("http://localhost/checks.json", true),
            ("http://[::1]:8080/checks.json", true),
            ("http://checks.googleapis.com/", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://localhost.example.com/", false),
            ("https://user:password@www.googleapis.com/", false),
            ("file:///etc/passwd", false),
            ("checks.json", false),
            ("", false),
        ];
        for (url, allowed) in cases {
            assert_eq!(Reach::from(url).is_ok(), allowed, "{url}");
        }
    }

    #[test]
    fn a_server_may_name_addresses_of_google_only() {
        let reach = Reach::from("https://www.googleapis.com/discovery/v1/apis").unwrap();
        let cases = [
            (
                "https://checks.googleapis.com/$discovery/rest?version=v1alpha",
                true,
            ),
            ("https://GoogleAPIs.com/", true),
            ("https://dl.google.com/", true),
            ("http://checks.googleapis.com/", false),
            ("https://googleapis.com.example.com/", false),
            ("https://notgoogleapis.com/", false),
            ("https://example.com/googleapis.com", false),
            ("https://googleapis.com@example.com/", false),
            ("http://127.0.0.1/", false),
            ("https://169.254.169.254/", false),
        ];
        for (url, allowed) in cases {
            assert_eq!(reach.check(url).is_ok(), allowed, "{url}");
        }
        let reach = Reach::from("http://127.0.0.1:1/apis").unwrap();
        assert!(reach.check("http://127.0.0.1:2/rest").is_ok());
        assert!(reach.check("http://example.com/").is_err());
    }
}
