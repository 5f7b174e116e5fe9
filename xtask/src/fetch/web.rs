//! Reading texts over HTTPS.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discovery::LARGEST;
use ureq::http::header::LOCATION;
use ureq::http::{Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error};

use super::Request;
use super::address::Reach;
use crate::documents::Text;
use crate::message::Message;

/// How often an answer may name another address.
const REDIRECTS: usize = 5;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// What asks servers.
pub(super) struct Web {
    agent: Agent,
    reach: Reach,
    /// The address that the user names.
    given: String,
}

impl Web {
    /// What begins at the address `given`.
    pub(super) fn new(given: &str, request: &Request) -> Result<Self, Message> {
        let reach = Reach::from(given)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let mut config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("cargo-xtask/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // A server may close a connection just when it is used again.
            .max_idle_connections(0)
            // Each of them is looked at first.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(Duration::from_secs(request.timeout)));
        if reach.is_this_machine() {
            config = config.proxy(None);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            reach,
            given: given.to_owned(),
        })
    }

    /// The text at an address.
    pub(super) fn get(&self, url: &str) -> Result<Text, Message> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            if url != self.given {
                self.reach.allows(&url)?;
            }
            let mut answer = self
                .agent
                .get(&url)
                .call()
                .map_err(|error| failed(&url, &error))?;
            let status = answer.status();
            match target(&answer) {
                Some(target) => url = target,
                None if status == StatusCode::OK => return read(&url, &mut answer),
                None => return Err(refused(&url, status)),
            }
        }
        Err(
            Message::error(format!("{url}: more than {REDIRECTS} redirects"))
                .help("name the address where they end: `--url URL`"),
        )
    }
}

/// Where an answer points instead. It must be a whole address: no answer of Google's is another.
fn target(answer: &Response<Body>) -> Option<String> {
    let location = answer.headers().get(LOCATION)?;
    let location = location.to_str().ok()?.to_owned();
    answer.status().is_redirection().then_some(location)
}

fn read(url: &str, answer: &mut Response<Body>) -> Result<Text, Message> {
    let body = answer.body_mut().with_config().limit(LARGEST as u64);
    let bytes = body.read_to_vec().map_err(|error| failed(url, &error))?;
    Text::decode(Path::new(url), &bytes)
}

fn refused(url: &str, status: StatusCode) -> Message {
    let help = match status {
        StatusCode::NOT_FOUND => "correct the name and the version of the API, or the URL",
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "the document is not public: save it to a file by your own means, then \
             `cargo xfetch NAME VERSION --url FILE`"
        }
        status if status.is_server_error() => "try again later",
        _ => BROWSER,
    };
    Message::error(format!("{url} answers {status}")).help(help)
}

fn failed(url: &str, error: &Error) -> Message {
    let (what, help) = match error {
        Error::HostNotFound => ("the host is not known".to_owned(), OFFLINE),
        Error::Io(error) => (error.to_string(), OFFLINE),
        Error::Timeout(_) => (
            "no answer in time".to_owned(),
            "try again, or give it longer: `--timeout SECONDS`",
        ),
        Error::BodyExceedsLimit(_) => (
            format!("more than {} MiB", LARGEST >> 20),
            "Google's largest document has 6 MiB: see what is at this address",
        ),
        other => (other.to_string(), BROWSER),
    };
    Message::error(format!("cannot read {url}: {what}")).help(help)
}

const BROWSER: &str = "see in a browser what is at this address";
const OFFLINE: &str =
    "see whether this machine is online, and whether a proxy is needed (`HTTPS_PROXY`)";
