//! Responses of status 2xx.

use discovery_runtime::{ErrorExt, Operation, Result, UnknownFields, Value, message};
use serde_json::json;

use crate::support::{Answer, CREATE, GET, Server};

async fn answered<R: serde::de::DeserializeOwned>(answer: Answer) -> Result<R> {
    let server = Server::start([answer]).await;
    server.client().await.request(&CREATE).send().await
}

async fn ignored(answer: Answer) -> Result<()> {
    let server = Server::start([answer]).await;
    server.client().await.request(&CREATE).send_empty().await
}

#[tokio::test]
async fn a_method_that_answers_nothing_takes_any_success() {
    ignored(Answer::ok()).await.unwrap();
    ignored(Answer::new("200 OK", &[], "")).await.unwrap();
    ignored(Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"))
        .await
        .unwrap();
    ignored(Answer::new("200 OK", &[], "<html>")).await.unwrap();
    ignored(Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"))
        .await
        .unwrap();
}

#[tokio::test]
async fn no_content_is_an_object_without_fields_and_no_bytes_are_a_loss() {
    let operation: Operation = answered(Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"))
        .await
        .unwrap();
    assert_eq!(operation, Operation::default());
    let error = answered::<Operation>(Answer::new("200 OK", &[], ""))
        .await
        .unwrap_err();
    assert!(error.is_deserialization());
    assert_eq!(
        error.to_string(),
        "cannot deserialize the response of checks.things.create (the call succeeded), 0 bytes, as \
         discovery_runtime::poller::operation::Operation: EOF while parsing a value at line 1 column 0"
    );
}

#[tokio::test]
async fn a_response_of_another_kind_is_reported_but_not_shown() {
    let body = r#"{"name":"secret","done":"maybe"}"#;
    let error = answered::<Operation>(Answer::json("200 OK", body))
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("of checks.things.create (the call succeeded), 32 bytes, as"),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("done: invalid value \"maybe\", expected a boolean")
    );
    assert!(
        !format!("{error} {error:?}").contains("secret"),
        "{error:?}"
    );
    assert_eq!(error.payload().unwrap(), body);
}

/// The decoder quotes the value that has the wrong type.
#[tokio::test]
async fn a_long_value_is_not_shown_whole() {
    let body = format!(r#"{{"done":"{}"}}"#, "a".repeat(1_000_000));
    let error = answered::<Operation>(Answer::json("200 OK", &body))
        .await
        .unwrap_err();
    assert!(
        error.to_string().len() < 5_000,
        "{}",
        error.to_string().len()
    );
    assert!(format!("{error:?}").len() < 10_000);
    assert_eq!(error.payload().unwrap(), body.as_bytes());
}

#[tokio::test]
async fn json_nested_beyond_measure_is_refused() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let error = answered::<Value>(Answer::json("200 OK", &deep))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("recursion limit exceeded"),
        "{error}"
    );
}

#[tokio::test]
async fn a_response_above_the_limit_is_refused_however_it_comes() {
    let body = json!({"a": "x".repeat(1000)}).to_string();
    let plain = Answer::json("200 OK", &body);
    let chunked = Answer::raw(format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    ));
    for answer in [plain, chunked] {
        for (limit, fits) in [(body.len(), true), (body.len() - 1, false)] {
            let server = Server::start([answer.clone()]).await;
            let client = server
                .builder()
                .with_max_response_size(limit)
                .build()
                .await
                .unwrap();
            let result = client.request(&GET).path("name", "a").send::<Value>().await;
            assert_eq!(result.is_ok(), fits);
            if let Err(error) = result {
                assert_eq!(
                    error.to_string(),
                    format!(
                        "cannot deserialize the response because it is larger than {limit} bytes; \
                         `with_max_response_size` sets the limit"
                    )
                );
                assert_eq!(server.requests().len(), 1);
            }
        }
    }
}

#[tokio::test]
async fn a_compressed_response_is_unpacked_and_bounded() {
    // gzip of `{"a":"<1000 times x>"}`.
    let packed = gzip(&json!({"a": "x".repeat(1000)}).to_string());
    let answer = Answer::new("200 OK", &["content-encoding: gzip"], packed);
    let server = Server::start([answer.clone(), answer]).await;
    let client = server.client().await;
    let value: Value = client.request(&GET).path("name", "a").send().await.unwrap();
    assert_eq!(value["a"].as_str().unwrap().len(), 1000);
    let client = server
        .builder()
        .with_max_response_size(500)
        .build()
        .await
        .unwrap();
    let result = client.request(&GET).path("name", "a").send::<Value>().await;
    assert!(
        result
            .unwrap_err()
            .to_string()
            .contains("larger than 500 bytes")
    );
}

/// The text as gzip ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)) by the `flate2` crate.
fn gzip(text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Part {
    parts: Vec<Part>,
    text: Option<String>,
    unknown_fields: UnknownFields,
}

message!(Part { parts = "parts" set_parts([Part]), text = "text" set_text(String) });

/// Emails hold emails, and texts that were cut in the middle of a character.
#[tokio::test]
async fn deep_responses_with_odd_texts_are_read() {
    let inner = r#"{"text":"\ud83d","new":"\ude00"}"#;
    let deep = format!("{}{inner}{}", r#"{"parts":["#.repeat(100), "]}".repeat(100));
    let mut part: Part = answered(Answer::json("200 OK", &deep)).await.unwrap();
    while let Some(inner) = part.parts.pop() {
        part = inner;
    }
    assert_eq!(part.text.as_deref(), Some("\u{fffd}"));
    assert_eq!(part.unknown_fields.get("new"), Some(&json!("\u{fffd}")));
}
