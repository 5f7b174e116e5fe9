//! The HTTP client that is used unless the caller brings one, and its cryptography.

use std::{sync::Arc, time::Duration};

use reqwest::redirect;
use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::{
    client::endpoint::Endpoint,
    error::{self, Result},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// How often an idle connection is probed, so that a dead peer is noticed while a call waits.
const KEEPALIVE: Duration = Duration::from_secs(60);

/// The default HTTP client. It follows no redirects, since that would turn a `POST` into a `GET`.
///
/// Proxies of the environment are for the network, not for this machine.
pub(crate) fn http_client(endpoint: &Endpoint) -> Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    if endpoint.is_local() {
        builder = builder.no_proxy();
    }
    builder
        .tls_backend_preconfigured(tls_config(endpoint.is_secure())?)
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_keepalive(KEEPALIVE)
        .build()
        .map_err(error::configuration)
}

/// TLS by a provider that is named, so that it does not matter which ones other crates enable.
///
/// For plain HTTP the certificates are left out: reading them takes time, and a system may have
/// none.
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

/// Makes this crate's cryptography the program's default unless the program has one.
///
/// [`google_cloud_auth`] uses the default to sign and to fetch tokens, and [`reqwest`] to make a
/// client. A client that finds its own credentials sees to it; a program that makes credentials or
/// a [`reqwest::Client`] itself calls this first, or installs a provider of its own.
///
/// # Errors
///
/// If the program has none and this crate was built with neither `ring` nor `aws-lc`.
pub fn install_crypto_provider() -> Result<()> {
    if CryptoProvider::get_default().is_none() {
        // Fails only if another thread was faster, which is as good.
        let _ = CryptoProvider::clone(&*provider()?).install_default();
    }
    Ok(())
}

/// The program's default, or else this crate's own.
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
