//! TLS without a default provider of cryptography: a separate program, since the provider belongs to
//! the process.
//!
//! With the feature `ring`, `aws-lc` or both the client has its own; without either it returns an
//! error.

use discovery_runtime::{Client, ClientBuilder, Service};
use google_cloud_gax::retry_policy::NeverRetry;

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/");

fn builder(port: u16) -> ClientBuilder<Client> {
    ClientBuilder::new(&SERVICE)
        .with_endpoint(format!("https://localhost:{port}"))
        .with_api_key("key")
        .with_retry_policy(NeverRetry)
}

#[cfg(any(feature = "ring", feature = "aws-lc"))]
mod with_cryptography {
    use std::{net::TcpListener, thread::JoinHandle};

    use discovery_runtime::{HttpMethod, Method, Segment::Literal};
    use rustls::{crypto::CryptoProvider, server::Acceptor};

    use super::builder;

    static LIST: Method = Method::new(
        "checks.things.list",
        HttpMethod::Get,
        &[Literal("v1alpha/things")],
    );

    /// The offer in a client's first message: the server's name, then the protocols.
    fn greeting(listener: TcpListener) -> JoinHandle<Vec<String>> {
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut acceptor = Acceptor::default();
            loop {
                acceptor.read_tls(&mut stream).unwrap();
                let Ok(Some(accepted)) = acceptor.accept() else {
                    continue;
                };
                let hello = accepted.client_hello();
                let name = hello.server_name().unwrap_or_default().to_owned();
                let protocols = hello.alpn().into_iter().flatten();
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                return std::iter::once(name).chain(protocols.map(text)).collect();
            }
        })
    }

    #[tokio::test]
    async fn a_client_speaks_tls_by_its_own_provider_and_installs_it_on_request() {
        assert!(CryptoProvider::get_default().is_none());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = greeting(listener);
        let client = builder(port).build().await.unwrap();
        assert!(CryptoProvider::get_default().is_none());

        // The server hangs up after the greeting.
        let error = client.request(&LIST).send_empty().await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(server.join().unwrap(), ["localhost", "h2", "http/1.1"]);

        discovery_runtime::install_crypto_provider().unwrap();
        assert!(CryptoProvider::get_default().is_some());
        discovery_runtime::install_crypto_provider().unwrap();
    }
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
#[tokio::test]
async fn a_client_without_cryptography_says_what_it_lacks() {
    let message = "cannot find a matching binding to send the request: no cryptography for TLS: \
                   enable the feature `ring` or `aws-lc` of discovery-runtime, or install a default \
                   rustls::crypto::CryptoProvider";
    let error = builder(443).build().await.unwrap_err();
    assert_eq!(error.to_string(), message);
    let error = discovery_runtime::install_crypto_provider().unwrap_err();
    assert_eq!(error.to_string(), message);
    // So does an HTTP client of the caller's.
    let builder = builder(443).with_http_client(reqwest::Client::builder());
    assert_eq!(builder.build().await.unwrap_err().to_string(), message);
    // A client with Application Default Credentials fails as well.
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
    let error = builder.build().await.unwrap_err();
    assert_eq!(error.to_string(), message);
}
