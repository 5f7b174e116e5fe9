//! Bodies of requests.

use discovery_runtime::{Method, Value};
use serde_json::json;

use crate::support::{
    Answer, CANCEL, CREATE, DELETE, GET, OPERATION, PATCH, PUT, Recorded, Server,
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
