//! The default HTTP client and its cryptography.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use reqwest::redirect;
use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::{
    client::endpoint::Endpoint,
    error::{self, Result},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// The interval of keep-alive probes, which detect a dead peer while a call waits.
const KEEPALIVE: Duration = Duration::from_secs(60);

/// Builds the default HTTP client. It follows no redirects, since that would turn a `POST` into a
/// `GET`.
///
/// The proxies of the environment are not used for endpoints on this machine.
pub(crate) fn http_client(endpoint: &Endpoint) -> Result<reqwest::Client> {
    let mut builder = with_defaults(reqwest::Client::builder());
    if endpoint.is_local() {
        builder = builder.no_proxy();
    }
    builder
        .tls_backend_preconfigured(tls_config(endpoint.is_secure())?)
        .build()
        .map_err(error::configuration)
}

/// Builds an HTTP client of the caller's. Redirects and decompression are not up to the caller.
///
/// # Errors
///
/// If it cannot be built, or needs cryptography and there is none.
pub(crate) fn own_client(builder: reqwest::ClientBuilder) -> Result<reqwest::Client> {
    let installed = install_crypto_provider();
    let builder = without_redirects(builder);
    // Without cryptography it panics, unless it has another TLS library.
    match catch_unwind(AssertUnwindSafe(|| builder.build())) {
        Ok(client) => client.map_err(error::configuration),
        Err(_) => Err(installed
            .err()
            .unwrap_or_else(|| error::configuration("the HTTP client cannot be built"))),
    }
}

/// Builds a client for plain HTTP in the neighbourhood, whose requests may take that long.
pub(super) fn plain_client(timeout: Duration) -> Result<reqwest::Client> {
    with_defaults(reqwest::Client::builder())
        .tls_backend_preconfigured(tls_config(false)?)
        .no_proxy()
        .timeout(timeout)
        .build()
        .map_err(error::configuration)
}

fn with_defaults(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    without_redirects(builder)
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_keepalive(KEEPALIVE)
}

/// Leaves redirects and compressed replies to this crate.
fn without_redirects(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(redirect::Policy::none())
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
}

/// Starts building an HTTP client for
/// [`ClientBuilder::with_http_client`](crate::ClientBuilder::with_http_client): with a proxy, client
/// certificates or another certificate authority.
///
/// It has the defaults of the client's own: no redirects, no decompression, 30 seconds to connect, and
/// probes of idle connections. A provider of cryptography is installed, as by
/// [`install_crypto_provider`].
///
/// # Errors
///
/// As for [`install_crypto_provider`].
pub fn http_client_builder() -> Result<reqwest::ClientBuilder> {
    install_crypto_provider()?;
    Ok(with_defaults(reqwest::Client::builder()))
}

/// Configures TLS with an explicit provider, so that providers enabled by other crates do not matter.
///
/// For plain HTTP no certificates are read: that takes time, and a system may have none.
fn tls_config(secure: bool) -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(provider()?)
        .with_safe_default_protocol_versions()
        .map_err(error::configuration)?;
    let verified = if secure {
        builder
            .with_platform_verifier()
            .map_err(error::configuration)?
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    let mut config = verified.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Installs this crate's cryptography as the program's default, unless there is one.
///
/// [`google_cloud_auth`] uses the default to sign and fetch tokens, and [`reqwest`] to build a client.
/// A client with Application Default Credentials calls this function itself. A program that builds
/// credentials or a [`reqwest::Client`] calls it first, or installs another provider.
///
/// # Errors
///
/// If the program has none and this crate was built with neither `ring` nor `aws-lc`.
pub fn install_crypto_provider() -> Result<()> {
    if CryptoProvider::get_default().is_none() {
        // Fails only if another thread was faster, which is just as good.
        let _ = CryptoProvider::clone(&*provider()?).install_default();
    }
    Ok(())
}

/// Returns the program's default, or else this crate's own.
fn provider() -> Result<Arc<CryptoProvider>> {
    CryptoProvider::get_default()
        .cloned()
        .or_else(own_provider)
        .ok_or_else(|| {
            error::configuration(
                "no cryptography for TLS: enable the feature `ring` or `aws-lc` of \
                 discovery-runtime, or install a default rustls::crypto::CryptoProvider",
            )
        })
}

#[cfg(feature = "aws-lc")]
fn own_provider() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
}

#[cfg(all(feature = "ring", not(feature = "aws-lc")))]
fn own_provider() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
fn own_provider() -> Option<Arc<CryptoProvider>> {
    None
}
