//! The rival: a hand-written call of the method with reqwest and serde.
//!
//! It does only the work needed to match the generated client on the wire. It sends the same
//! request except for the order of headers, which `programs::start` checks; it encodes the value in
//! the path, sets constant headers once on the HTTP client, and gives that client the same
//! settings. It reports the error message of the service, and reads a response up to a limit. Its
//! token is a string that is never refreshed. It has no retries, deadlines, patterns or traces, and
//! returns boxed errors.

use std::error::Error;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, redirect};
use serde::Deserialize;

use super::programs::{NAME, Program, TOKEN};

/// The characters to encode in a path value.
const SEGMENTS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/');

const MAX_RESPONSE_SIZE: usize = 256 * 1024 * 1024;

#[derive(Clone)]
pub(crate) struct HandWritten {
    client: Client,
    url: String,
}

/// An app, by the reference of the API.
#[derive(Debug, Deserialize)]
struct App {
    name: Option<String>,
    #[serde(rename = "title")]
    _title: Option<String>,
}

#[derive(Deserialize)]
struct Failure {
    error: Status,
}

#[derive(Deserialize)]
struct Status {
    code: u16,
    message: String,
}

impl HandWritten {
    /// Returns a client with these values of `User-Agent` and `x-goog-api-client`.
    pub(crate) fn new(url: &str, agent: &str, api_client: &str) -> Self {
        let mut headers = HeaderMap::new();
        let api_client = HeaderValue::from_str(api_client).expect("a header");
        headers.insert("x-goog-api-client", api_client);
        // The server of this benchmark compresses nothing.
        headers.insert("accept-encoding", HeaderValue::from_static("gzip"));
        let client = Client::builder()
            .user_agent(agent)
            .default_headers(headers)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(30))
            .tcp_keepalive(Duration::from_secs(60))
            .build();
        Self {
            client: client.expect("a client"),
            url: url.to_owned(),
        }
    }

    async fn get(&self, name: &str) -> Result<App, Box<dyn Error + Send + Sync>> {
        let name = utf8_percent_encode(name, SEGMENTS);
        let url = format!("{}/v1alpha/{name}", self.url);
        let request = self.client.get(url).bearer_auth(TOKEN);
        let request = request.query(&[("alt", "json"), ("prettyPrint", "false")]);
        let mut response = request.send().await?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MAX_RESPONSE_SIZE {
                return Err("the response is too large".into());
            }
            body.extend_from_slice(&chunk);
        }
        if !status.is_success() {
            let Ok(Failure { error }) = serde_json::from_slice(&body) else {
                return Err(status.to_string().into());
            };
            return Err(format!("{}: {}", error.code, error.message).into());
        }
        Ok(serde_json::from_slice(&body)?)
    }
}

impl Program for HandWritten {
    async fn call(&self) {
        let app = self.get(NAME).await.expect("an app");
        assert_eq!(app.name.as_deref(), Some(NAME));
    }
}
