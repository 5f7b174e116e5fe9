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
    let own = reqwest::Client::builder().default_headers(headers);
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
async fn no_http_client_follows_redirects() {
    let elsewhere = Server::start([Answer::ok()]).await;
    for policy in [None, Some(reqwest::redirect::Policy::limited(3))] {
        let location = format!("location: {}/other", elsewhere.url);
        let server = Server::start([Answer::new("307 Temporary Redirect", &[&location], "")]).await;
        let mut http = reqwest::Client::builder();
        if let Some(policy) = policy {
            http = http.redirect(policy);
        }
        let client = server.builder().with_http_client(http).build().await;
        let call = client.unwrap().request(&CREATE);
        let error = call.send_empty().await.unwrap_err();
        assert_eq!(error.http_status_code(), Some(307), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn an_http_client_that_cannot_be_built_is_an_error() {
    let http = reqwest::Client::builder().user_agent("a\nb");
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_http_client(http);
    let error = builder
        .with_credentials(anonymous())
        .build()
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        error.is_binding() && text.contains("builder error"),
        "{text}"
    );
}

#[tokio::test]
async fn a_proxy_is_the_business_of_the_callers_client() {
    let proxy = Server::start([Answer::ok()]).await;
    let own = reqwest::Client::builder().proxy(reqwest::Proxy::all(&proxy.url).unwrap());
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
