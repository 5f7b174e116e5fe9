//! Successful replies with unexpected content.

use discovery_runtime::Result;
use google_checks_v1alpha::schemas::account::App;

use crate::calls::{APP, OPERATION};
use crate::support::{Answer, Server, builder, json, serving};

async fn get_app(answer: Answer) -> Result<App> {
    let (_server, checks) = serving(answer).await;
    checks.accounts().apps().get(APP).send().await
}

#[tokio::test]
async fn an_empty_response_type_accepts_any_success() {
    for answer in [
        json("{}"),
        json(""),
        json("{\"kind\": \"empty\"}"),
        Answer::new("200 OK", &[], ""),
        Answer::new("200 OK", &["content-type: text/html"], "<p>Done.</p>"),
        Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"),
        Answer::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
    ] {
        let (_server, checks) = serving(answer.clone()).await;
        let operations = checks.accounts().apps().operations();
        operations.cancel(OPERATION).send().await.unwrap();
        let (_server, checks) = serving(answer).await;
        let operations = checks.accounts().apps().operations();
        operations.delete(OPERATION).send().await.unwrap();
    }
}

#[tokio::test]
async fn an_empty_message_is_accepted() {
    assert_eq!(get_app(json("{}")).await.unwrap(), App::default());
    let no_content = Answer::raw("HTTP/1.1 204 No Content\r\n\r\n");
    assert_eq!(get_app(no_content).await.unwrap(), App::default());
}

#[tokio::test]
async fn a_message_may_be_chunked_or_delimited_by_close() {
    let expected = App::default();
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                   8;x=y\r\n{\"name\":\r\n4\r\n\"n\"}\r\n0\r\nx-trailer: t\r\n\r\n";
    let app = get_app(Answer::raw(chunked)).await.unwrap();
    assert_eq!(app.name.as_deref(), Some("n"));
    let to_the_end = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n {} \n";
    assert_eq!(get_app(Answer::raw(to_the_end)).await.unwrap(), expected);
}

/// The error names the expected type and the position at which decoding stopped.
#[tokio::test]
async fn an_undecodable_response_is_an_error() {
    let table = [
        (
            "",
            "0 bytes",
            "EOF while parsing a value at line 1 column 0",
        ),
        (
            "{\"name\": \"a",
            "11 bytes",
            "name: EOF while parsing a string at line 1 column 11",
        ),
        ("{}{}", "4 bytes", "trailing characters at line 1 column 3"),
        ("<html>", "6 bytes", "expected value at line 1 column 1"),
        (
            "null",
            "4 bytes",
            "invalid type: null, expected an object at line 1 column 4",
        ),
        (
            "{\"name\" 5}",
            "10 bytes",
            "name: expected `:` at line 1 column 9",
        ),
    ];
    for (body, size, problem) in table {
        let error = get_app(json(body)).await.unwrap_err();
        assert!(error.is_deserialization(), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!(
                "cannot deserialize the response of checks.accounts.apps.get (the call succeeded), {size}, \
                 as google_checks_v1alpha::schemas::account::App: {problem}"
            )
        );
    }
}

#[tokio::test]
async fn a_list_is_not_a_message() {
    for body in ["[]", "[\"accounts/1/apps/2\", \"title\"]"] {
        let error = get_app(json(body)).await.unwrap_err();
        assert!(error.is_deserialization(), "{error:?}");
    }
}

#[tokio::test]
async fn a_truncated_response_is_an_error() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"name\":";
    let (_server, checks) = serving(Answer::raw(cut)).await;
    let aisafety = checks.aisafety();
    let call = aisafety.classify_content(Default::default());
    let error = call.send().await.unwrap_err();
    assert!(error.is_io(), "{error:?}");
}

#[tokio::test]
async fn a_response_that_takes_too_much_memory_is_refused() {
    let server = Server::start([json(&format!(
        "{{\"apps\":[{{}}{}]}}",
        ",{}".repeat(10_000)
    ))])
    .await;
    let limited = builder(&server.url).with_max_response_size(40_000);
    let checks = limited.build().await.unwrap();
    let error = checks
        .accounts()
        .apps()
        .list("accounts/1")
        .send()
        .await
        .unwrap_err();
    let text = error.to_string();
    let problem = "apps: its values take too much memory; `with_max_response_size` sets the limit";
    assert!(text.contains(problem), "{text}");
}
