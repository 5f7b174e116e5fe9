//! Gets an app by [`reqwest`] and serde, with Application Default Credentials: the least that a
//! program written by hand needs, without retries or checks of what it sends.

#![allow(clippy::print_stdout, reason = "the result of the program")]

use std::error::Error;

use google_cloud_auth::credentials::{self, CacheableResource};
use http::Extensions;
use serde::Deserialize;
use tokio::runtime::Builder;

const SCOPE: &str = "https://www.googleapis.com/auth/checks";

/// An app, by the reference of the API.
#[derive(Deserialize)]
struct App {
    title: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(call(std::env::args().nth(1).ok_or("usage: call NAME")?))
}

async fn call(name: String) -> Result<(), Box<dyn Error>> {
    let provider = rustls::crypto::ring::default_provider();
    provider.install_default().map_err(|_| "installed twice")?;
    let credentials = credentials::Builder::default()
        .with_scopes([SCOPE])
        .build()?;
    let CacheableResource::New { data, .. } = credentials.headers(Extensions::new()).await? else {
        return Err("no credentials".into());
    };
    let url = format!("https://checks.googleapis.com/v1alpha/{name}");
    let request = reqwest::Client::new().get(url).headers(data);
    let reply = request.send().await?.error_for_status()?;
    let app: App = serde_json::from_slice(&reply.bytes().await?)?;
    println!("{}", app.title.unwrap_or_default());
    Ok(())
}
