//! The generated client over TLS: protocols, certificates and custom HTTP clients.

#[path = "../fault_support/mod.rs"]
mod support;

use std::{process::Command, time::Duration};

use discovery_runtime::{ClientBuilder, Error, ErrorExt as _, RequestOptionsBuilder as _};
use google_checks_v1alpha::{Checks, schemas::repo_scan::GenerateScanRequest};
use google_cloud_gax::retry_policy::{Aip194Strict, NeverRetry, RetryPolicyExt as _};
use h2::Reason;
use reqwest::{Certificate, Identity};
use tokio::{io::AsyncWriteExt as _, net::TcpListener};

use support::{
    fake::{Fixed, Patient},
    tls::{Reply, TlsServer},
    tokens::{TOKEN, Tokens},
};

const APP: &str = "accounts/1/apps/2";
const BOTH: [&str; 2] = ["h2", "http/1.1"];

fn builder(url: &str) -> ClientBuilder<Checks> {
    Checks::builder()
        .with_endpoint(url)
        .with_credentials(Tokens::default())
        .with_retry_policy(Aip194Strict.with_attempt_limit(3))
        .with_backoff_policy(Fixed(Duration::ZERO))
        .with_retry_throttler(Patient)
}

/// Returns the builder of an HTTP client that trusts only the server's authority.
fn trust(server: &TlsServer) -> reqwest::ClientBuilder {
    discovery_runtime::install_crypto_provider().unwrap();
    let authority = Certificate::from_pem(server.authority.as_bytes()).unwrap();
    reqwest::Client::builder()
        .tls_certs_only([authority])
        .no_proxy()
}

async fn client(server: &TlsServer) -> Checks {
    let builder = builder(&server.url).with_http_client(trust(server));
    builder.build().await.unwrap()
}

#[tokio::test]
async fn the_best_protocol_offered_is_used() {
    for (offered, spoken) in [
        (&BOTH[..], "HTTP/2"),
        (&["h2"], "HTTP/2"),
        (&["http/1.1"], "HTTP/1.1"),
        (&[], "HTTP/1.1"),
    ] {
        let server = TlsServer::start(offered, []).await;
        let apps = client(&server).await.accounts().apps();
        let app = apps.get(APP).send().await.unwrap();
        assert_eq!(app.name.as_deref(), Some("good"));
        let heard = server.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert_eq!(heard[0].protocol, spoken, "{offered:?}");
        assert_eq!(heard[0].path, format!("/v1alpha/{APP}"));
    }
}

#[tokio::test]
async fn requests_over_http_2_match_http_1() {
    let server = TlsServer::start(&BOTH, []).await;
    let operations = client(&server).await.accounts().apps().operations();
    let cancel = operations.cancel("accounts/1/apps/2/operations/a b");
    cancel.send().await.unwrap();
    let heard = &server.heard()[0];
    assert_eq!(heard.method, "POST");
    assert_eq!(
        heard.path,
        "/v1alpha/accounts/1/apps/2/operations/a%20b:cancel"
    );
    assert_eq!(heard.headers["content-length"], "0");
    assert_eq!(heard.headers["authorization"], format!("Bearer {TOKEN}0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_share_a_connection() {
    let server = TlsServer::start(&BOTH, []).await;
    let checks = client(&server).await;
    checks.accounts().apps().get(APP).send().await.unwrap();
    let calls: Vec<_> = (0..64)
        .map(|_| tokio::spawn(checks.accounts().apps().get(APP).send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.heard().len(), 65);
    assert_eq!(server.connections(), 1);
}

/// The server did not process a stream that it refuses
/// ([RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7)).
#[tokio::test]
async fn a_post_is_resent_only_if_the_server_refused_the_stream() {
    for (reason, requests) in [(Reason::REFUSED_STREAM, 2), (Reason::INTERNAL_ERROR, 1)] {
        let server = TlsServer::start(&BOTH, [Reply::Reset(reason)]).await;
        let scans = client(&server).await.accounts().repos().scans();
        let generate = scans.generate("accounts/1/repos/2", GenerateScanRequest::default());
        let result = generate.send().await;
        assert_eq!(server.heard().len(), requests, "{reason:?} {result:?}");
        assert_eq!(result.is_ok(), requests == 2, "{result:?}");
    }
}

#[tokio::test]
async fn a_get_is_resent_after_any_reset() {
    let server = TlsServer::start(&BOTH, [Reply::Reset(Reason::INTERNAL_ERROR)]).await;
    let apps = client(&server).await.accounts().apps();
    apps.get(APP).send().await.unwrap();
    assert_eq!(server.heard().len(), 2);
}

/// The server identifies the program by a certificate that only the caller's HTTP client has.
#[tokio::test]
async fn a_custom_http_client_may_present_a_certificate() {
    for offered in [&BOTH[..], &["http/1.1"]] {
        let (server, identity) = TlsServer::for_the_certified(offered).await;
        let identity = Identity::from_pem(identity.as_bytes()).unwrap();
        let own = trust(&server).identity(identity);
        let builder = builder(&server.url).with_http_client(own);
        let apps = builder.build().await.unwrap().accounts().apps();
        let app = apps.get(APP).send().await.unwrap();
        assert_eq!(app.name.as_deref(), Some("good"));

        let apps = client(&server).await.accounts().apps();
        let call = apps.get(APP).with_retry_policy(NeverRetry);
        call.send().await.unwrap_err();
        assert_eq!(server.heard().len(), 1);
    }
}

/// Another attempt would get the same certificate.
#[tokio::test]
async fn an_untrusted_server_is_not_retried() {
    let server = TlsServer::start(&BOTH, []).await;
    let url = server.url.replace("localhost", "127.0.0.1");
    let builder = builder(&url).with_http_client(trust(&server));
    let apps = builder.build().await.unwrap().accounts().apps();
    let error = apps.get(APP).send().await.unwrap_err();
    assert_eq!(error.attempts(), 1, "{error:?}");
}

async fn refused(url: &str) -> Error {
    let builder = builder(url).with_retry_policy(NeverRetry);
    let apps = builder.build().await.unwrap().accounts().apps();
    apps.get(APP).send().await.unwrap_err()
}

#[tokio::test]
async fn an_unknown_authority_is_not_trusted() {
    let server = TlsServer::start(&BOTH, []).await;
    let error = refused(&server.url).await;
    assert!(error.is_transport() && !error.is_io(), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("certificate"), "{message}");
    assert_eq!(server.connections(), 0);
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn a_certificate_for_another_host_is_not_trusted() {
    let server = TlsServer::start(&BOTH, []).await;
    let url = server.url.replace("localhost", "127.0.0.1");
    let builder = builder(&url).with_http_client(trust(&server));
    let apps = builder.build().await.unwrap().accounts().apps();
    let call = apps.get(APP).with_retry_policy(NeverRetry);
    let error = call.send().await.unwrap_err();
    assert!(error.is_transport() && !error.is_io(), "{error:?}");
    assert!(error.to_string().contains("not valid for name"), "{error}");
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn a_server_without_tls_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let answer = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        stream.write_all(answer).await.unwrap();
    });
    let error = refused(&format!("https://localhost:{port}")).await;
    assert!(error.is_connect(), "{error:?}");
    assert!(error.to_string().contains("corrupt message"), "{error}");
}

/// Tests the default HTTP client, which uses the system's certificates. It runs in a separate
/// process, since the environment variable that names them is global to the process.
#[tokio::test(flavor = "multi_thread")]
async fn the_default_client_trusts_the_systems_authorities_and_speaks_http_2() {
    let server = TlsServer::start(&BOTH, []).await;
    let folder = tempfile::tempdir().unwrap();
    let authorities = folder.path().join("authorities.pem");
    std::fs::write(&authorities, &server.authority).unwrap();
    let mut program = Command::new(std::env::current_exe().unwrap());
    program
        .args(["--exact", "the_default_client"])
        .env("SSL_CERT_FILE", &authorities)
        .env("TEST_ENDPOINT", &server.url);
    let output = tokio::task::spawn_blocking(move || program.output());
    let output = output.await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let heard = server.heard();
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert!(heard.iter().all(|heard| heard.protocol == "HTTP/2"));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_default_client() {
    let Ok(endpoint) = std::env::var("TEST_ENDPOINT") else {
        return; // Run only by the test above.
    };
    let checks = builder(&endpoint).build().await.unwrap();
    for _ in 0..2 {
        checks.accounts().apps().get(APP).send().await.unwrap();
    }
}
