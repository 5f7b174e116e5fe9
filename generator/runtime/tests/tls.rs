//! TLS without a provider that the program chose: a program of its own, since that choice is the
//! whole process's.

use std::{net::TcpListener, thread::JoinHandle};

use discovery_runtime::{Client, ClientBuilder, Method, Service, Verb};
use google_cloud_auth::credentials::anonymous;
use google_cloud_gax::retry_policy::NeverRetry;
use rustls::{crypto::CryptoProvider, server::Acceptor};

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/");
static LIST: Method = Method::new("checks.things.list", Verb::Get, "v1alpha/things");

/// What a client offers in its first message: the server's name, then the protocols.
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
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE)
        .with_endpoint(format!("https://localhost:{port}"))
        .with_credentials(anonymous::Builder::new().build())
        .with_retry_policy(NeverRetry);
    let client = builder.build().await.unwrap();
    assert!(CryptoProvider::get_default().is_none());

    // The server hangs up after the greeting.
    let error = client.request(&LIST).send_empty().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(server.join().unwrap(), ["localhost", "h2", "http/1.1"]);

    discovery_runtime::install_crypto_provider().unwrap();
    assert!(CryptoProvider::get_default().is_some());
    discovery_runtime::install_crypto_provider().unwrap();
}
