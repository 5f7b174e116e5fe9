//! Methods that stream.

use std::fmt::Write as _;

use discovery_runtime::{Client, Code, ErrorExt, MessageStream, Operation, Result, Value};
use serde::Deserialize;

use crate::support::{Answer, CREATE, GET, Server};

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Row {
    values: Vec<u32>,
    resume_token: Option<String>,
}

/// A message with a field that a gateway's envelope has as well.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Aggregation {
    result: Option<Value>,
    read_time: Option<String>,
}

fn rows(values: &[u32]) -> Vec<Row> {
    let row = |value: &u32| Row {
        values: vec![*value],
        resume_token: None,
    };
    values.iter().map(row).collect()
}

async fn all<M: serde::de::DeserializeOwned>(
    mut stream: MessageStream<M>,
) -> (Vec<M>, Option<String>) {
    let mut messages = Vec::new();
    while let Some(message) = stream.next().await {
        match message {
            Ok(message) => messages.push(message),
            Err(error) => {
                assert!(stream.next().await.is_none());
                return (messages, Some(error.to_string()));
            }
        }
    }
    assert!(stream.next().await.is_none());
    (messages, None)
}

/// Streams a body, and collects it.
async fn both<M: serde::de::DeserializeOwned>(
    body: &str,
) -> ((Vec<M>, Option<String>), Result<Vec<M>>) {
    let answer = Answer::json("200 OK", body);
    let server = Server::start([answer.clone(), answer]).await;
    let client = server.client().await;
    let streamed = all(client.request(&CREATE).stream()).await;
    (streamed, client.request(&CREATE).send_all().await)
}

#[tokio::test]
async fn messages_come_as_an_array_as_lines_or_alone() {
    for (body, values) in [
        (
            "[{\"values\":[1]}\n,\r\n{\"values\":[2]}]",
            &[1_u32, 2] as &[_],
        ),
        ("{\"values\":[1]}\n{\"values\":[2]}\n", &[1, 2]),
        ("{\"values\":[1]}", &[1]),
        ("[]", &[]),
        // Through a gateway.
        (
            "{\"result\":{\"values\":[1]}}\n{\"result\":{\"values\":[2]}}\n",
            &[1, 2],
        ),
        ("[{\"result\":{\"values\":[1]}}]", &[1]),
    ] {
        let (streamed, sent) = both(body).await;
        assert_eq!(streamed, (rows(values), None), "{body}");
        assert_eq!(sent.unwrap(), rows(values), "{body}");
    }
}

#[tokio::test]
async fn a_field_of_the_message_is_not_an_envelope() {
    let (read_time, fields) = (
        Some("t".to_owned()),
        serde_json::json!({"count": {"integerValue": "1"}}),
    );
    for (body, read_time, result) in [
        (
            r#"[{"result":{"count":{"integerValue":"1"}},"readTime":"t"}]"#,
            &read_time,
            &fields,
        ),
        (
            r#"[{"result":{"count":{"integerValue":"1"}}}]"#,
            &None,
            &fields,
        ),
        (
            r#"{"result":{"result":{"count":{"integerValue":"1"}},"readTime":"t"}}"#,
            &read_time,
            &fields,
        ),
    ] {
        let expected = Aggregation {
            result: Some(result.clone()),
            read_time: read_time.clone(),
        };
        let ((streamed, error), _) = both::<Aggregation>(body).await;
        assert_eq!((streamed, error), (vec![expected], None), "{body}");
    }

    let body = r#"[{"error":{"code":5,"message":"no"}}]"#;
    let ((streamed, _), _) = both::<Operation>(body).await;
    assert_eq!(streamed[0].error.as_ref().unwrap().code, 5);
}

#[tokio::test]
async fn an_error_in_place_of_a_message_ends_the_stream() {
    let first = r#"{"values":[1]}"#;
    for (error, code, message) in [
        (
            r#"{"error":{"code":404,"message":"no","status":"NOT_FOUND"}}"#,
            Code::NotFound,
            "no",
        ),
        (
            r#"{"error":{"code":409,"message":"no"}}"#,
            Code::Aborted,
            "no",
        ),
        (
            r#"{"error":{"code":8,"message":"full","details":[]}}"#,
            Code::ResourceExhausted,
            "full",
        ),
        (
            r#"{"error":{"grpc_code":14,"http_code":503,"message":"m","http_status":"x"}}"#,
            Code::Unavailable,
            "m",
        ),
        (r#"{"code":6,"message":"dup"}"#, Code::AlreadyExists, "dup"),
        (r#"{"error":{}}"#, Code::Unknown, "UNKNOWN"),
    ] {
        for body in [
            format!("[{first},\n{error}]"),
            format!("{first}\n{error}\n"),
            format!("{{\"result\":{first}}}\n{error}\n"),
            // The service hangs up behind the error.
            format!("[{first},{error}"),
        ] {
            let ((streamed, text), sent) = both::<Row>(&body).await;
            assert_eq!(streamed, rows(&[1]), "{body}");
            let expected = format!(
                "the service reports an error with code {} described as: {message}",
                code.name()
            );
            assert_eq!(text.unwrap(), expected, "{body}");
            let sent = sent.unwrap_err();
            assert_eq!(sent.status().unwrap().code, code);
            assert_eq!(sent.payload().unwrap(), error);
        }
    }
    let body = r#"[{"error":{"code":404,"message":"no","status":"NOT_FOUND"}}]"#;
    let ((streamed, error), _) = both::<Operation>(body).await;
    assert!(streamed.is_empty() && error.unwrap().ends_with("NOT_FOUND described as: no"));
}

#[tokio::test]
async fn a_body_that_is_cut_or_of_another_form_is_an_error() {
    for (body, values, problem) in [
        ("", &[] as &[_], "it has no message"),
        ("[{\"values\":[1]}", &[1], "it ends within its array"),
        ("[{\"values\":[1]},", &[1], "it ends within its array"),
        ("[{\"values\":[1]},{\"val", &[1], "it ends within a message"),
        ("{\"values\":[1]}\n{\"val", &[1], "it ends within a message"),
        (
            "<html>",
            &[],
            "it begins with `<`, not with an object or an array",
        ),
        ("[{\"values\":[1]}] x", &[1], "`x` follows its array"),
    ] {
        let ((streamed, error), sent) = both::<Row>(body).await;
        assert_eq!(streamed, rows(values), "{body}");
        assert_eq!(
            error.unwrap(),
            format!("cannot deserialize the response of checks.things.create: {problem}")
        );
        let sent = sent.unwrap_err();
        assert!(sent.to_string().ends_with(problem), "{sent}");
        assert_eq!(sent.payload().unwrap(), body);
    }
    let ((streamed, error), _) = both::<Row>(r#"[{"values":[1]},{"values":"x"}]"#).await;
    assert_eq!(streamed, rows(&[1]));
    assert!(
        error
            .unwrap()
            .contains("14 bytes, as calls::streams::Row: invalid type: string")
    );

    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n[{\"values\":[1]}]";
    let server = Server::start([Answer::raw(cut)]).await;
    let (streamed, error) = all(server.client().await.request(&CREATE).stream::<Row>()).await;
    assert_eq!(streamed, rows(&[1]));
    assert!(error.unwrap().starts_with("the transport reports an error"));
}

#[tokio::test]
async fn no_content_is_no_message() {
    let none = || Answer::raw("HTTP/1.1 204 No Content\r\n\r\n");
    let server = Server::start([none(), none()]).await;
    let client = server.client().await;
    assert_eq!(
        all(client.request(&CREATE).stream::<Row>()).await,
        (vec![], None)
    );
    let sent = client.request(&CREATE).send_all::<Row>().await;
    assert_eq!(sent.unwrap(), []);
}

#[tokio::test]
async fn only_methods_that_stream_take_an_array() {
    let server = Server::start([Answer::json("200 OK", r#"[{"values":[1]}]"#)]).await;
    let error = server.client().await.request(&CREATE).send::<Row>().await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains("a list in place of a message"), "{error}");
}

/// More than the largest response in all, but no message is.
#[tokio::test]
async fn memory_is_needed_for_one_message_at_a_time() {
    let mut body = "[".to_owned();
    for n in 0..20_000 {
        let comma = if n == 0 { "" } else { "," };
        write!(body, "{comma}{{\"values\":[{n}]}}").unwrap();
    }
    body.push(']');
    let large = format!("[{{\"resumeToken\":\"{}\"}}]", "x".repeat(1000));
    let server =
        Server::start([&body, &body, &large].map(|body| Answer::json("200 OK", body))).await;
    let client: Client = server
        .builder()
        .with_max_response_size(100)
        .build()
        .await
        .unwrap();
    let mut stream = client.request(&CREATE).stream::<Row>();
    for n in 0..20_000 {
        assert_eq!(stream.next().await.unwrap().unwrap().values, [n]);
    }
    assert!(stream.next().await.is_none());
    for error in [
        client
            .request(&CREATE)
            .send_all::<Row>()
            .await
            .unwrap_err()
            .to_string(),
        all(client.request(&CREATE).stream::<Row>())
            .await
            .1
            .unwrap(),
    ] {
        assert!(
            error.contains("larger than 100 bytes; `with_max_response_size`"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_stream_is_opened_again_where_that_is_safe_and_an_error_reply_is_its_error() {
    let busy = || Answer::json("503 Busy", r#"[{"error":{"code":503,"message":"busy"}}]"#);
    let server =
        Server::start([busy(), Answer::json("200 OK", "[{\"values\":[1]}]"), busy()]).await;
    let client = server.client().await;
    let stream = client.request(&GET).path("name", "a").stream::<Row>();
    assert_eq!(all(stream).await, (rows(&[1]), None));
    let (streamed, error) = all(client.request(&CREATE).stream::<Row>()).await;
    assert!(streamed.is_empty());
    assert!(error.unwrap().ends_with("UNAVAILABLE described as: busy"));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_request_that_is_refused_is_not_sent() {
    let server = Server::start([]).await;
    let mut stream = server
        .client()
        .await
        .request(&GET)
        .path("name", "..")
        .stream::<Row>();
    assert!(stream.next().await.unwrap().unwrap_err().is_binding());
    assert!(stream.next().await.is_none());
    assert!(server.requests().is_empty());
}
