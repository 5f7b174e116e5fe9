//! Lists that break off and continue.

use discovery_runtime::Items;
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
};

use super::*;
use support::{anonymous, read_until};

/// The connection breaks off within a page.
fn cut() -> Answer {
    let body = r#"{"things": [9], "nextPageTok"#;
    Answer::raw(format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{body}"
    ))
}

async fn rest(mut items: Items<Page, u32>) -> Vec<u32> {
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    found
}

fn elements(pages: Pages<Page>) -> Items<Page, u32> {
    pages.items(|page| page.things)
}

#[tokio::test]
async fn a_page_is_requested_again_if_it_may_be() {
    let script = [page(&[1, 2], "a"), cut(), page(&[3], "b"), page(&[4], "")];
    let server = Server::start(script).await;
    let items = elements(by_query(&server.client().await));
    assert_eq!(rest(items).await, [1, 2, 3, 4]);
    assert_eq!(
        targets(&server),
        [
            "/v1alpha/things?",
            "/v1alpha/things?pageToken=a&",
            "/v1alpha/things?pageToken=a&",
            "/v1alpha/things?pageToken=b&",
        ]
    );
}

#[tokio::test]
async fn pages_go_on_where_they_broke_off() {
    let script = [page(&[1], "a"), page(&[2], "b"), cut(), page(&[3], "c")];
    let server = Server::start(script).await;
    let client = server.client().await;
    let mut pages = by_body(&client, search(None));
    assert_eq!(pages.page_token(), None);
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
    assert_eq!(pages.page_token(), Some("a"));
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [2]);
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(pages.page_token(), Some("b"));

    let mut pages = by_body(&client, search(pages.page_token()));
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [3]);
    assert_eq!(
        bodies(&server)[2..],
        [r#"{"query":"q","pageToken":"b"}"#; 2]
    );
}

#[tokio::test]
async fn a_first_page_that_fails_has_no_token() {
    let server = Server::start([cut()]).await;
    let mut pages = by_body(&server.client().await, search(None));
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(pages.page_token(), None);
    assert!(pages.next().await.is_none());
}

/// The current page is fetched again until its last element has been returned.
#[tokio::test]
async fn items_have_the_token_of_the_page_of_the_next_one() {
    let script = [page(&[1, 2], "a"), page(&[3, 4], "b"), cut()];
    let server = Server::start(script).await;
    let mut items = elements(by_body(&server.client().await, search(None)));
    let mut tokens = Vec::new();
    while let Some(item) = items.next().await {
        tokens.push((item.ok(), items.page_token().map(str::to_owned)));
    }
    let expected = [
        (Some(1), None),
        (Some(2), Some("a")),
        (Some(3), Some("a")),
        (Some(4), Some("b")),
        (None, Some("b")),
    ];
    assert_eq!(
        tokens,
        expected.map(|(item, token)| (item, token.map(str::to_owned)))
    );
}

/// The reply arrives byte by byte, and with each byte the future of `next` is replaced.
#[tokio::test]
async fn dropping_next_at_any_byte_loses_and_repeats_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = discovery_runtime::ClientBuilder::new(&support::SERVICE)
        .with_endpoint(url)
        .with_credentials(anonymous())
        .build()
        .await
        .unwrap();
    let mut items = elements(by_body(&client, search(None)));

    let (mut stream, _) = tokio::select! {
        item = items.next() => panic!("{item:?}"),
        accepted = listener.accept() => accepted.unwrap(),
    };
    let mut found = Vec::new();
    for (token, things, next) in [("", [1, 2], "a"), ("a", [3, 4], "b"), ("b", [5, 6], "")] {
        let reply = serde_json::json!({"things": things, "nextPageToken": next}).to_string();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", reply.len());
        let (last, bytes) = format!("{head}{reply}")
            .into_bytes()
            .split_last()
            .map(|(l, b)| (*l, b.to_vec()))
            .unwrap();
        tokio::select! {
            item = items.next() => panic!("{item:?}"),
            () = asked_with(&mut stream, token) => {}
        }
        for byte in bytes {
            tokio::select! {
                item = items.next() => panic!("{item:?}"),
                sent = stream.write_u8(byte) => sent.unwrap(),
            }
        }
        stream.write_u8(last).await.unwrap();
        for _ in things {
            found.push(items.next().await.unwrap().unwrap());
        }
    }
    assert!(items.next().await.is_none());
    assert_eq!(found, [1, 2, 3, 4, 5, 6]);
}

/// Reads a request, which must have this token.
async fn asked_with(stream: &mut TcpStream, token: &str) {
    let mut buffer = Vec::new();
    read_until(stream, &mut buffer, b"}").await.unwrap();
    let request = String::from_utf8(buffer).unwrap();
    let body = match token {
        "" => r#"{"query":"q"}"#.to_owned(),
        token => format!(r#"{{"query":"q","pageToken":"{token}"}}"#),
    };
    assert!(request.ends_with(&body), "{request}");
    assert_eq!(request.matches("POST ").count(), 1, "{request}");
}
