//! Failures below HTTP, and custom HTTP clients.

use discovery_runtime::{Client, ClientBuilder, ErrorExt, Value};
use google_cloud_gax::retry_policy::NeverRetry;

use crate::support::{Answer, CREATE, GET, SERVICE, Server, anonymous};

#[tokio::test]
async fn a_refused_connection_is_reported_with_its_cause() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_endpoint(endpoint);
    let builder = builder
        .with_credentials(anonymous())
        .with_retry_policy(NeverRetry);
    let request = builder
        .build()
        .await
        .unwrap()
        .request(&GET)
        .path("name", "a");
    let error = request
        .query("key", "AIza.key")
        .send_empty()
        .await
        .unwrap_err();
    assert!(error.is_connect());
    let text = error.to_string();
    assert!(
        text.starts_with("cannot connect to endpoint: error sending request: "),
        "{text}"
    );
    assert!(text.contains("Connection refused"), "{text}");
    assert!(
        !format!("{text} {error:?}").contains("AIza.key"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again_only_where_that_is_safe() {
    let broken = || Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"a\"");
    let server = Server::start([broken(), Answer::ok()]).await;
    let client = server.client().await;
    client
        .request(&GET)
        .path("name", "a")
        .send::<Value>()
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Server::start([broken(), Answer::ok()]).await;
    let error = server
        .client()
        .await
        .request(&CREATE)
        .send::<Value>()
        .await
        .unwrap_err();
    assert!(error.is_io(), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_or_is_too_large_keeps_its_status() {
    let body = r#"{"error":{"code":404,"message":"no app","status":"NOT_FOUND"}}"#;
    let broken = format!("HTTP/1.1 404 Not Found\r\ncontent-length: 1000\r\n\r\n{body}");
    let server = Server::start([Answer::raw(broken), Answer::json("404 Not Found", body)]).await;
    let client = server
        .builder()
        .with_max_response_size(10)
        .build()
        .await
        .unwrap();
    for _ in 0..2 {
        let error = client.request(&CREATE).send_empty().await.unwrap_err();
        assert_eq!(error.http_status_code(), Some(404));
        assert_eq!(error.payload().unwrap(), &body[..10]);
    }
    let server = Server::start([Answer::raw(format!(
        "HTTP/1.1 404 Not Found\r\ncontent-length: 1000\r\n\r\n{body}"
    ))])
    .await;
    let error = server
        .client()
        .await
        .request(&CREATE)
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().message, "no app");
}

#[tokio::test]
async fn a_client_of_the_callers_own_is_used() {
    let server = Server::start([Answer::ok()]).await;
    let mut headers = http::HeaderMap::new();
    headers.insert("x-own", http::HeaderValue::from_static("1"));
    discovery_runtime::install_crypto_provider().unwrap();
    let own = reqwest::Client::builder()
        .default_headers(headers)
        .build()
        .unwrap();
    let client = server
        .builder()
        .with_http_client(own)
        .build()
        .await
        .unwrap();
    client.request(&CREATE).send_empty().await.unwrap();
    let request = server.request();
    assert_eq!(request.header("x-own"), ["1"]);
    assert_eq!(request.header("content-length"), ["0"]);
}

/// `reqwest` follows redirects by default, and sends the API key to the target.
#[tokio::test]
async fn an_answer_that_came_by_a_redirect_is_an_error() {
    discovery_runtime::install_crypto_provider().unwrap();
    let elsewhere = Server::start([Answer::ok()]).await;
    let location = format!("location: {}/other", elsewhere.url);
    let server = Server::start([Answer::new("302 Found", &[&location], "")]).await;
    let builder = server.builder().with_http_client(reqwest::Client::new());
    let client = builder.build().await.unwrap();
    let error = client.request(&CREATE).send_empty().await.unwrap_err();
    assert!(error.is_transport() && !error.is_io(), "{error:?}");
    assert_eq!(
        error.to_string(),
        format!(
            "the transport reports an error: the HTTP client followed a redirect to {}: build it \
             with `reqwest::redirect::Policy::none()`",
            elsewhere.url
        )
    );
    assert_eq!(server.requests().len(), 1);
    assert_eq!(elsewhere.requests().len(), 1);
}

#[tokio::test]
async fn a_proxy_is_the_business_of_the_callers_client() {
    discovery_runtime::install_crypto_provider().unwrap();
    let proxy = Server::start([Answer::ok()]).await;
    let own = reqwest::Client::builder()
        .proxy(reqwest::Proxy::all(&proxy.url).unwrap())
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE)
        .with_endpoint("http://checks.example")
        .with_insecure_endpoint_allowed();
    let builder = builder.with_credentials(anonymous()).with_http_client(own);
    let client = builder.build().await.unwrap();
    client.request(&CREATE).send_empty().await.unwrap();
    assert_eq!(
        proxy.request().target(),
        "http://checks.example/v1alpha/things?alt=json&prettyPrint=false"
    );
}
