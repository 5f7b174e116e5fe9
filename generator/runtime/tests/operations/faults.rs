//! Connections that break, at each step.

use std::time::Duration;

use discovery_runtime::{Client, HttpMethod, Method, Poller, Segment::Literal};

use crate::script::{Every, OPERATIONS};
use crate::support::{Answer, Server};

static START: Method = Method::new(
    "things.start",
    HttpMethod::Post,
    &[Literal("v1/things:start")],
)
.with_operations(OPERATIONS);

const RUNNING: &str = r#"{"name": "projects/p/operations/o"}"#;
const DONE: &str = r#"{"name": "projects/p/operations/o", "done": true, "response": {"a": 1}}"#;

fn ok(body: &str) -> Answer {
    Answer::json("200 OK", body)
}

/// Replies that break off: before the first byte, in the head, in the body.
fn broken() -> [Answer; 3] {
    [
        Answer::raw(""),
        Answer::raw("HTTP/1.1 200 OK\r\ncontent-le"),
        Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"na"),
    ]
}

async fn follow(server: &Server) -> Poller {
    let client: Client = server.client().await;
    Poller::new(client.request(&START)).with_polling_backoff_policy(Every(0))
}

fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| request.line().split('?').next().unwrap().to_owned())
        .collect()
}

const START_LINE: &str = "POST /v1/things:start";
const GET_LINE: &str = "GET /v1/projects/p/operations/o";

/// The operation may have been started: it is not started again, and nothing is polled.
#[tokio::test]
async fn at_the_start() {
    for answer in broken() {
        let server = Server::start([answer]).await;
        let error = follow(&server).await.until_done().await.unwrap_err();
        assert!(error.is_io(), "{error}");
        assert_eq!(lines(&server), [START_LINE]);
    }
}

#[tokio::test]
async fn at_a_poll() {
    for answer in broken() {
        let server = Server::start([ok(RUNNING), answer, ok(DONE)]).await;
        follow(&server).await.until_done().await.unwrap();
        assert_eq!(lines(&server), [START_LINE, GET_LINE, GET_LINE]);
    }
}

#[tokio::test]
async fn at_a_wait() {
    let wait = "POST /v1/projects/p/operations/o:wait";
    for answer in broken() {
        let server = Server::start([ok(RUNNING), answer, ok(DONE)]).await;
        let poller = follow(&server).await;
        let poller = poller.with_server_wait(Duration::from_secs(30));
        poller.until_done().await.unwrap();
        assert_eq!(lines(&server), [START_LINE, wait, wait]);
    }
}

/// The operation is polled once more; if it is running, the caller decides.
#[tokio::test]
async fn at_the_cancellation() {
    let cancel = "POST /v1/projects/p/operations/o:cancel";
    for answer in broken() {
        let server = Server::start([ok(RUNNING), answer, ok(DONE)]).await;
        follow(&server).await.cancel_and_wait().await.unwrap();
        assert_eq!(lines(&server), [START_LINE, cancel, GET_LINE]);
    }
    let server = Server::start([ok(RUNNING), Answer::raw(""), ok(RUNNING)]).await;
    let error = follow(&server).await.cancel_and_wait().await.unwrap_err();
    assert!(error.is_io(), "{error}");
    assert_eq!(lines(&server), [START_LINE, cancel, GET_LINE]);
}
