//! Reads texts over HTTPS.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discovery::LARGEST;
use ureq::http::header::LOCATION;
use ureq::http::{Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error};

use super::address::{self, Reach};
use crate::documents::TextFile;
use crate::message::Message;

/// The maximum number of redirects.
const REDIRECTS: usize = 5;
/// The time limit for a connection to be established.
const CONNECT: Duration = Duration::from_secs(10);

/// An HTTP client.
pub(super) struct Web {
    agent: Agent,
    reach: Reach,
    /// The address that the user gave.
    given: String,
}

impl Web {
    /// A client for the address `given` and those that its server names; `timeout` is the number of
    /// seconds that a response may take.
    pub(super) fn new(given: &str, timeout: u64) -> Result<Self, Message> {
        let reach = Reach::from(given)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let mut config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("cargo-xtask/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // A server may close a connection just when it is reused.
            .max_idle_connections(0)
            // Each is checked first.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(Duration::from_secs(timeout)));
        if reach.is_this_machine() {
            config = config.proxy(None);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            reach,
            given: given.to_owned(),
        })
    }

    /// Returns the text at an address.
    pub(super) fn get(&self, url: &str) -> Result<TextFile, Message> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            if url != self.given {
                self.reach.check(&url)?;
            }
            let mut reply = self
                .agent
                .get(&url)
                .call()
                .map_err(|error| failed(&url, &error))?;
            let status = reply.status();
            match target(&reply) {
                Some(target) => url = target,
                None if status == StatusCode::OK => return read(&url, &mut reply),
                None => return Err(refused(&url, status)),
            }
        }
        Err(Message::error(format!(
            "{}: more than {REDIRECTS} redirects",
            address::public(&url)
        ))
        .help("give the address where they end: `--url URL`"))
    }
}

/// Returns the target of a redirect. It must be an absolute URL: all of Google's are.
fn target(reply: &Response<Body>) -> Option<String> {
    let location = reply.headers().get(LOCATION)?;
    let location = location.to_str().ok()?.to_owned();
    reply.status().is_redirection().then_some(location)
}

fn read(url: &str, reply: &mut Response<Body>) -> Result<TextFile, Message> {
    let body = reply.body_mut().with_config().limit(LARGEST as u64);
    let bytes = body.read_to_vec().map_err(|error| failed(url, &error))?;
    TextFile::decode(Path::new(&address::public(url)), &bytes)
}

fn refused(url: &str, status: StatusCode) -> Message {
    let help = match status {
        StatusCode::NOT_FOUND => "correct the name and the version of the API, or the URL",
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "the document is not public: save it to a file, then \
             `cargo xfetch NAME VERSION --url FILE`"
        }
        status if status.is_server_error() => "try again later",
        _ => BROWSER,
    };
    Message::error(format!("{} returned {status}", address::public(url))).help(help)
}

fn failed(url: &str, error: &Error) -> Message {
    let (text, help) = match error {
        Error::HostNotFound => ("unknown host".to_owned(), OFFLINE),
        Error::Io(error) => (error.to_string(), OFFLINE),
        Error::Timeout(_) => (
            "timed out".to_owned(),
            "try again, or with a longer `--timeout SECONDS`",
        ),
        Error::BodyExceedsLimit(_) => (
            format!("more than {} MiB", LARGEST >> 20),
            "Google's largest document has 6 MiB: open the address in a browser",
        ),
        other => (other.to_string(), BROWSER),
    };
    Message::error(format!("cannot read {}: {text}", address::public(url))).help(help)
}

const BROWSER: &str = "open the address in a browser";
const OFFLINE: &str =
    "check whether this machine is online, and whether it needs a proxy (`HTTPS_PROXY`)";
