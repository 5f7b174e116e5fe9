//! Servers that accept a connection and then are silent.

use std::time::Duration;

use discovery_runtime::{Client, ClientBuilder, Error, HttpBody, Value};
use google_cloud_gax::retry_policy::NeverRetry;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::support::{CREATE, GET, SERVICE, anonymous};

const LIMIT: Duration = Duration::from_millis(200);

/// Starts a server that takes some bytes, replies with others, and is silent from then on.
async fn silent(takes: usize, reply: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut taken = vec![0; takes];
            stream.read_exact(&mut taken).await.unwrap();
            stream.write_all(reply.as_bytes()).await.unwrap();
            open.push(stream);
        }
    });
    url
}

async fn client(url: String, limit: Option<Duration>) -> Client {
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_endpoint(url);
    let builder = builder
        .with_credentials(anonymous())
        .with_retry_policy(NeverRetry)
        .with_idle_timeout(limit);
    builder.build().await.unwrap()
}

fn assert_silence(error: &Error) {
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the request exceeded the request deadline of 200ms without a byte; `with_idle_timeout` \
         sets it"
    );
}

#[tokio::test]
async fn a_server_that_does_not_reply_is_given_up() {
    let client = client(silent(1, "").await, Some(LIMIT)).await;
    let request = client.request(&GET).path("name", "a");
    assert_silence(&request.send_empty().await.unwrap_err());
}

#[tokio::test]
async fn a_reply_that_stops_is_given_up() {
    let start = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":";
    let client = client(silent(1, start).await, Some(LIMIT)).await;
    let request = client.request(&GET).path("name", "a");
    assert_silence(&request.send::<Value>().await.unwrap_err());
    let request = client.request(&GET).path("name", "a");
    assert_silence(&request.send_http_body().await.unwrap_err());
}

/// The body does not fit into the buffers between the two.
#[tokio::test]
async fn a_server_that_stops_taking_the_request_is_given_up() {
    let client = client(silent(1024, "").await, Some(LIMIT)).await;
    let body = HttpBody::new("application/octet-stream", vec![0; 64 << 20]);
    let request = client.request(&CREATE).http_body(&body);
    assert_silence(&request.send_empty().await.unwrap_err());
}

/// The call of a method that takes its time may say so.
#[tokio::test]
async fn a_longer_attempt_timeout_replaces_the_limit_and_none_switches_it_off() {
    let attempt = Duration::from_millis(600);
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
    let builder = builder
        .with_endpoint(silent(1, "").await)
        .with_credentials(anonymous())
        .with_retry_policy(NeverRetry)
        .with_idle_timeout(LIMIT)
        .with_attempt_timeout(attempt);
    let limited = builder.build().await.unwrap();
    let error = limited.request(&CREATE).send_empty().await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("the request exceeded the request deadline of 600ms"),
        "{text}"
    );

    let unlimited = client(silent(1, "").await, None).await;
    let call = unlimited.request(&CREATE).send_empty();
    assert!(tokio::time::timeout(3 * LIMIT, call).await.is_err());
}
