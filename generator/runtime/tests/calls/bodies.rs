//! Bodies of requests.

use discovery_runtime::{Client, ClientBuilder, Method, Result, Service, Value};
use serde_json::json;

use crate::support::{
    Answer, CANCEL, CREATE, DELETE, GET, OPERATION, PATCH, PUT, Recorded, Server, anonymous,
};

const NAME: &str = "accounts/1/apps/2/operations/3";

async fn sent(method: &'static Method, body: Option<Value>) -> Recorded {
    let server = Server::start([Answer::ok()]).await;
    let mut request = server.client().await.request(method).path("name", NAME);
    if let Some(body) = body {
        request = request.json(&body);
    }
    request.send_empty().await.unwrap();
    server.request()
}

#[tokio::test]
async fn a_method_without_a_message_sends_no_bytes_and_says_so() {
    let server = Server::start([Answer::ok()]).await;
    let request = server.client().await.request(&CANCEL);
    let sending = request.path_matching("name", NAME, &OPERATION).send_empty();
    // On another task: the future owns its data.
    tokio::spawn(sending).await.unwrap().unwrap();
    let request = server.request();
    assert_eq!(
        request.line(),
        "POST /v1alpha/accounts/1/apps/2/operations/3:cancel?alt=json&prettyPrint=false HTTP/1.1"
    );
    assert_eq!(request.header("content-length"), ["0"]);
    assert!(request.header("transfer-encoding").is_empty());
    assert!(request.header("content-type").is_empty());
    assert_eq!(request.text(), "");
}

#[tokio::test]
async fn put_and_patch_without_a_body_say_so_and_get_and_delete_say_nothing() {
    for (method, length) in [
        (&PUT, &["0"][..]),
        (&PATCH, &["0"]),
        (&GET, &[]),
        (&DELETE, &[]),
    ] {
        let request = sent(method, None).await;
        assert_eq!(request.header("content-length"), length, "{}", request.head);
        assert!(request.header("transfer-encoding").is_empty());
    }
}

#[tokio::test]
async fn a_message_is_json_of_known_length() {
    let request = sent(&CREATE, Some(json!({"size": "5"}))).await;
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert_eq!(request.header("content-length"), ["12"]);
    assert_eq!(request.text(), r#"{"size":"5"}"#);
}

#[tokio::test]
async fn a_message_that_json_cannot_hold_is_refused_before_it_is_sent() {
    let server = Server::start([Answer::ok()]).await;
    let unwritable = std::collections::BTreeMap::from([(vec![1], 2)]);
    let request = server.client().await.request(&CREATE).json(&unwritable);
    let error = request.send::<Value>().await.unwrap_err();
    assert!(error.is_serialization());
    assert_eq!(
        error.to_string(),
        "cannot serialize the request key must be a string"
    );
    assert!(server.requests().is_empty());
}

/// Sends a message to a service that wraps its messages.
async fn wrapped(answer: &str) -> (Result<Value>, Recorded) {
    static WRAPPING: Service =
        Service::new("old", "v1", "https://old.googleapis.com/").with_data_wrapper();
    let server = Server::start([Answer::json("200 OK", answer)]).await;
    let client = ClientBuilder::new(&WRAPPING).with_endpoint(&server.url);
    let client: Client = client.with_credentials(anonymous()).build().await.unwrap();
    let response = client.request(&CREATE).json(&json!({"size": "5"})).send();
    (response.await, server.request())
}

#[tokio::test]
async fn messages_of_older_services_are_in_a_wrapper() {
    for (answer, expected) in [
        (
            r#"{"kind": [1], "data": {"a": {"data": 1}}}"#,
            json!({"a": {"data": 1}}),
        ),
        (r#"{"data": "\ud83d"}"#, json!("\u{fffd}")),
        (r#"{"a": 1}"#, json!({"a": 1})),
    ] {
        let (response, request) = wrapped(answer).await;
        assert_eq!(request.text(), r#"{"data":{"size":"5"}}"#);
        assert_eq!(response.unwrap(), expected);
    }
    let (response, _) = wrapped("[{}]").await;
    let error = response.unwrap_err().to_string();
    assert!(
        error.contains("invalid type: sequence, expected an object"),
        "{error}"
    );
}
