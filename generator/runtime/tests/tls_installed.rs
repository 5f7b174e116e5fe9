//! TLS with a default provider installed by the program: a separate program, since the provider
//! belongs to the process.

#![cfg(feature = "ring")]

use std::{net::TcpListener, sync::Arc, thread::JoinHandle};

use discovery_runtime::{Client, ClientBuilder, HttpMethod, Method, Segment::Literal, Service};
use google_cloud_auth::credentials::anonymous;
use google_cloud_gax::retry_policy::NeverRetry;
use rustls::{
    CipherSuite,
    crypto::{CryptoProvider, ring},
    server::Acceptor,
};

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/");
static LIST: Method = Method::new(
    "checks.things.list",
    HttpMethod::Get,
    &[Literal("v1alpha/things")],
);

/// The only cipher of the program's provider, which identifies it.
const CIPHER: CipherSuite = CipherSuite::TLS13_CHACHA20_POLY1305_SHA256;

/// The ciphers that a client offers in its first message.
fn greeting(listener: TcpListener) -> JoinHandle<Vec<CipherSuite>> {
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut acceptor = Acceptor::default();
        loop {
            acceptor.read_tls(&mut stream).unwrap();
            if let Ok(Some(accepted)) = acceptor.accept() {
                return accepted.client_hello().cipher_suites().to_vec();
            }
        }
    })
}

#[tokio::test]
async fn the_programs_own_cryptography_is_used() {
    let mut chosen = ring::default_provider();
    chosen.cipher_suites.retain(|suite| suite.suite() == CIPHER);
    CryptoProvider::install_default(chosen).unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = greeting(listener);
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE)
        .with_endpoint(format!("https://localhost:{port}"))
        .with_credentials(anonymous::Builder::new().build())
        .with_retry_policy(NeverRetry);
    let client = builder.build().await.unwrap();
    // The server hangs up after the greeting.
    client.request(&LIST).send_empty().await.unwrap_err();
    // Except for the value that signals a fallback, which is not a cipher.
    let mut offered = server.join().unwrap();
    offered.retain(|suite| *suite != CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
    assert_eq!(offered, [CIPHER]);

    discovery_runtime::install_crypto_provider().unwrap();
    let kept: &Arc<CryptoProvider> = CryptoProvider::get_default().unwrap();
    assert_eq!(kept.cipher_suites.len(), 1);
}
