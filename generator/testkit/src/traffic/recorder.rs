//! A transport that sends calls and records them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use discovery_runtime::{Bytes, Call, Error, Reply, Result, Transport};
use http::HeaderMap;

use super::file::{Content, Exchange};
use super::secrets;

/// Sends calls over HTTP, and writes them and their replies to a file: a line of JSON for each.
///
/// Credentials are not written: no header of a request, no key or token of a query, and no field of a body
/// with a name such as `privateKeyData` or `password`. Read the file before you commit it nevertheless: bodies
/// have what the service returned.
///
/// Bodies are read into memory.
#[derive(Debug)]
pub struct Recorder {
    client: reqwest::Client,
    file: Mutex<File>,
}

impl Recorder {
    /// Records to a new file.
    ///
    /// # Errors
    ///
    /// If the file exists or cannot be written.
    pub fn new(path: &Path, client: reqwest::Client) -> io::Result<Self> {
        let file = Mutex::new(File::create_new(path)?);
        Ok(Self { client, file })
    }

    fn write(&self, exchange: &Exchange) -> io::Result<()> {
        let mut line = serde_json::to_string(exchange)?;
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(line.as_bytes())
    }
}

impl Transport for Recorder {
    async fn send(&self, call: Call) -> Result<Reply> {
        let method = call.method().to_owned();
        let verb = call.http_method().as_str();
        let url = call.url().to_owned();
        let headers = call.headers().clone();
        let body = call.into_body().collect().await?;
        let verb_name = reqwest::Method::from_bytes(verb.as_bytes()).map_err(Error::binding)?;
        let request = self
            .client
            .request(verb_name, &url)
            .headers(headers)
            .body(body.clone());
        let response = request
            .send()
            .await
            .map_err(|error| Error::io(error.without_url()))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let reply = response
            .bytes()
            .await
            .map_err(|error| Error::io(error.without_url()))?;
        let exchange = Exchange {
            method,
            verb: verb.to_owned(),
            url: secrets::url(&url),
            request: Content::of(&body),
            status,
            headers: recorded(&headers),
            reply: Content::of(&reply),
        };
        self.write(&exchange).map_err(Error::ser)?;
        Ok(with_headers(status, &headers, reply))
    }
}

fn recorded(headers: &HeaderMap) -> BTreeMap<String, String> {
    let recorded = secrets::HEADERS.iter().filter_map(|name| {
        let value = headers.get(*name)?.to_str().ok()?;
        let value = if *name == "location" {
            secrets::url(value)
        } else {
            value.to_owned()
        };
        Some(((*name).to_owned(), value))
    });
    recorded.collect()
}

fn with_headers(status: u16, headers: &HeaderMap, body: Bytes) -> Reply {
    let reply = Reply::new(status).with_body(body);
    headers.iter().fold(reply, |reply, (name, value)| {
        reply.with_header(name.clone(), value.clone())
    })
}
