//! A Checks client, and a scripted service on loopback.

#[path = "../../../runtime/tests/support/mod.rs"]
mod loopback;

use std::io::ErrorKind;
use std::net::TcpListener;

use discovery_runtime::ClientBuilder;
use google_checks_v1alpha::Checks;
use google_cloud_auth::credentials::{CacheableResource, CredentialsProvider, EntityTag};
use google_cloud_auth::errors::CredentialsError;
use http::{Extensions, HeaderMap, HeaderValue, header};
use serde_json::Value;

pub(crate) use loopback::fake::{Fixed, Patient};
pub(crate) use loopback::{Answer, Recorded, Server};

/// The access token that every client of these tests holds.
pub(crate) const TOKEN: &str = "ya29.secret";

/// Credentials that have [`TOKEN`] and never refresh it.
#[derive(Debug)]
struct Token;

impl CredentialsProvider for Token {
    async fn headers(
        &self,
        _: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        let value = HeaderValue::try_from(format!("Bearer {TOKEN}")).unwrap();
        Ok(CacheableResource::New {
            entity_tag: EntityTag::new(),
            data: HeaderMap::from_iter([(header::AUTHORIZATION, value)]),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

/// Returns the builder of a client that calls `url` instead of the service.
pub(crate) fn builder(url: &str) -> ClientBuilder<Checks> {
    Checks::builder().with_endpoint(url).with_credentials(Token)
}

pub(crate) async fn client(server: &Server) -> Checks {
    builder(&server.url).build().await.unwrap()
}

/// Starts a server that replies to its only request with `answer`, and builds a client for it.
pub(crate) async fn serving(answer: Answer) -> (Server, Checks) {
    let server = Server::start([answer]).await;
    let client = client(&server).await;
    (server, client)
}

/// Returns a reply with status 200 and a JSON body.
pub(crate) fn json(body: &str) -> Answer {
    Answer::json("200 OK", body)
}

/// Returns the name and version of the client's package, as sent in requests.
pub(crate) fn agent() -> String {
    let manifest = include_str!("../../../../generated/checks-v1alpha/Cargo.toml");
    let mut lines = manifest.lines();
    let version = lines.find_map(|line| line.strip_prefix("version = "));
    let version = version.unwrap().trim_matches('"');
    format!("google-checks-v1alpha/{version} (gzip)")
}

/// Returns the text of a file in `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// Returns the JSON that a message serializes to.
///
/// It goes through text, since a `Value` would widen a 32-bit float.
pub(crate) fn written<T: serde::Serialize>(message: &T) -> Value {
    parse(&serde_json::to_string(message).unwrap())
}

/// A server that must not receive a connection.
pub(crate) struct Unvisited(TcpListener);

impl Unvisited {
    pub(crate) fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    pub(crate) async fn client(&self) -> Checks {
        let url = format!("http://{}", self.0.local_addr().unwrap());
        builder(&url).build().await.unwrap()
    }

    /// Fails if a connection was made. On loopback it would already be waiting.
    pub(crate) fn assert_unvisited(self) {
        self.0.set_nonblocking(true).unwrap();
        let accepted = self.0.accept().map_err(|error| error.kind());
        assert!(
            matches!(accepted, Err(ErrorKind::WouldBlock)),
            "{accepted:?}"
        );
    }
}
