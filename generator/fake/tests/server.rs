//! The fake over HTTP: bytes on the wire.

#![cfg(feature = "server")]

use std::net::SocketAddr;

use discovery::Document;
use discovery_fake::Fake;
use discovery_fake::server::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const LIBRARY: &str = include_str!("documents/library.json");

/// Starts a server, which ends with the test's runtime.
async fn started() -> SocketAddr {
    let document = Document::parse(LIBRARY, None).unwrap().document;
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::bind(Fake::new(document), address).await.unwrap();
    let address = server.address().unwrap();
    tokio::spawn(server.run());
    address
}

/// Sends a request on a connection of its own, and returns all that comes back.
async fn send(address: SocketAddr, line: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    // A connection that a rule closes ends with an error on some systems.
    let _ = stream.read_to_end(&mut reply).await;
    String::from_utf8(reply).unwrap()
}

#[tokio::test]
async fn a_resource_is_made_and_read() {
    let address = started().await;
    let made = send(
        address,
        "POST /v1/shelves?shelfId=a",
        "",
        r#"{"theme": "A"}"#,
    )
    .await;
    assert!(made.starts_with("HTTP/1.1 200 OK\r\n"), "{made}");
    assert!(made.contains("content-type: application/json; charset=UTF-8\r\n"));
    let read = send(
        address,
        "GET /v1/shelves/a?fields=name&prettyPrint=false",
        "",
        "",
    )
    .await;
    assert!(read.ends_with("\r\n\r\n{\"name\":\"shelves/a\"}"), "{read}");
}

#[tokio::test]
async fn rules_close_connections() {
    let address = started().await;
    let rule = |rule: &str| format!("x-fake-rule: {rule}\r\n");
    let reset = send(address, "GET /v1/shelves", &rule(r#"{"reset": true}"#), "").await;
    assert_eq!(reset, "");
    let cut = send(address, "GET /v1/shelves", &rule(r#"{"cutAfter": 4}"#), "").await;
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "{\n  ");
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    assert!(
        length.parse::<usize>().unwrap() > 4,
        "the length is that of the whole body"
    );
    let later = send(
        address,
        "GET /v1/shelves",
        &rule(r#"{"status": 429, "retryAfter": 3}"#),
        "",
    )
    .await;
    assert!(later.starts_with("HTTP/1.1 429 ") && later.contains("retry-after: 3\r\n"));
}
