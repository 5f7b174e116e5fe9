//! Errors of services, in each of their forms.

use discovery_runtime::{Error, ErrorExt};
use google_cloud_gax::error::rpc::{Code, StatusDetails};

use crate::support::{Answer, CREATE, Server};

async fn error_of(answer: Answer) -> Error {
    let server = Server::start([answer]).await;
    let request = server.client().await.request(&CREATE);
    request.send_empty().await.unwrap_err()
}

async fn reported(status: &str, body: &str) -> (u16, Code, String) {
    let error = error_of(Answer::json(status, body)).await;
    assert_eq!(error.payload().unwrap(), body, "{error:?}");
    assert!(error.http_headers().unwrap().contains_key("content-length"));
    let status = error
        .status()
        .unwrap_or_else(|| panic!("{body}: {error:?}"));
    let code = error.http_status_code().unwrap();
    (code, status.code, status.message.clone())
}

#[tokio::test]
async fn every_json_shape_yields_a_status() {
    let table = [
        // AIP-193.
        (
            "404 Not Found",
            r#"{"error":{"code":404,"message":"no app","status":"NOT_FOUND"}}"#,
            (404, Code::NotFound, "no app"),
        ),
        // The older form, and a mixture.
        (
            "403 Forbidden",
            r#"{"error":{"errors":[{"domain":"d","reason":"r"}],"code":403,"message":"no"}}"#,
            (403, Code::PermissionDenied, "no"),
        ),
        (
            "409 Conflict",
            r#"{"error":{"errors":[],"code":409,"message":"dup","status":"ALREADY_EXISTS"}}"#,
            (409, Code::AlreadyExists, "dup"),
        ),
        // A status that is not a code.
        (
            "400 Bad Request",
            r#"{"error":{"code":400,"message":"m","status":"WHO_KNOWS"}}"#,
            (400, Code::InvalidArgument, "m"),
        ),
        // Without a code.
        (
            "501 Not Implemented",
            r#"{"error":{"message":"no such method"}}"#,
            (501, Code::Unimplemented, "no such method"),
        ),
        // From streaming methods.
        (
            "429 Too Many Requests",
            r#"[{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}]"#,
            (429, Code::ResourceExhausted, "slow"),
        ),
        // From gateways to gRPC.
        (
            "409 Conflict",
            r#"{"code":6,"message":"dup","details":[]}"#,
            (409, Code::AlreadyExists, "dup"),
        ),
        (
            "409 Conflict",
            r#"{"error":"dup","code":6,"message":"dup"}"#,
            (409, Code::AlreadyExists, "dup"),
        ),
        (
            "400 Bad Request",
            r#"[{"error":{"grpc_code":9,"http_code":400,"message":"no","http_status":"Bad Request"}}]"#,
            (400, Code::FailedPrecondition, "no"),
        ),
        (
            "400 Bad Request",
            r#"{"error":{"code":11,"message":"far"}}"#,
            (400, Code::OutOfRange, "far"),
        ),
        (
            "404 Not Found",
            r#"{"code":"NOT_FOUND","message":"gone"}"#,
            (404, Code::NotFound, "gone"),
        ),
        (
            "404 Not Found",
            r#"{"code":404,"message":"gone"}"#,
            (404, Code::NotFound, "gone"),
        ),
        // A code that cannot be one of an error.
        (
            "503 Service Unavailable",
            r#"{"error":{"code":0,"message":"busy","status":"OK"}}"#,
            (503, Code::Unavailable, "busy"),
        ),
        // From token endpoints.
        (
            "401 Unauthorized",
            r#"{"error":"invalid_grant","error_description":"expired"}"#,
            (401, Code::Unauthenticated, "invalid_grant: expired"),
        ),
        (
            "418 I'm a teapot",
            r#"{"error":"tea"}"#,
            (418, Code::Unknown, "tea"),
        ),
        // JSON in a string.
        (
            "500 Internal Server Error",
            r#"{"error":{"code":500,"message":"{\"error\":{\"message\":\"x\"}}"}}"#,
            (500, Code::Internal, r#"{"error":{"message":"x"}}"#),
        ),
        // Without content.
        (
            "504 Gateway Timeout",
            r#"{"error":{}}"#,
            (504, Code::DeadlineExceeded, "504 Gateway Timeout"),
        ),
        // Of the wrong types.
        (
            "499 Client Closed Request",
            r#"{"error":{"code":"x","message":7,"status":[],"details":{},"errors":3}}"#,
            (499, Code::Cancelled, "499 <unknown status code>"),
        ),
    ];
    for (status, body, (http, code, message)) in table {
        assert_eq!(
            reported(status, body).await,
            (http, code, message.to_owned()),
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_error_that_is_not_json_keeps_its_bytes() {
    let bodies: [&[u8]; 6] = [
        b"<html>502</html>",
        b"",
        b"\xff\xfe",
        b"{\"message\":\"m\"}",
        b"{\"error\":7}",
        b"[]",
    ];
    for body in bodies {
        let error = error_of(Answer::new("502 Bad Gateway", &["x-a: b"], body)).await;
        assert_eq!(error.http_status_code(), Some(502));
        assert_eq!(error.http_headers().unwrap()["x-a"], "b");
        assert_eq!(error.payload().unwrap(), body);
        assert_eq!(error.status().unwrap().code, Code::Unknown);
    }
    for (status, body, code, message) in [
        (
            "502 Bad Gateway",
            "<html>",
            "UNKNOWN",
            r#"502 Bad Gateway: "<html>""#,
        ),
        (
            "501 Not Implemented",
            "",
            "UNIMPLEMENTED",
            "501 Not Implemented",
        ),
        (
            "501 No",
            "no",
            "UNIMPLEMENTED",
            r#"501 Not Implemented: "no""#,
        ),
        ("503 Busy", "", "UNAVAILABLE", "503 Service Unavailable"),
        ("404 None", "", "NOT_FOUND", "404 Not Found"),
    ] {
        let error = error_of(Answer::new(status, &[], body)).await;
        assert_eq!(
            error.to_string(),
            format!("the service reports an error with code {code} described as: {message}")
        );
    }
}

/// A log line stays readable, whatever a service replies.
#[tokio::test]
async fn an_error_of_many_bytes_shows_few_and_keeps_all() {
    let long = "a".repeat(500_000);
    let json = format!(r#"{{"error":{{"message":"{long}","status":"INTERNAL"}}}}"#);
    for (body, shown) in [(long.clone(), 80), (json, 4096)] {
        let error = error_of(Answer::new("500 No", &[], &body)).await;
        let (message, beginning) = (error.to_string(), "a".repeat(shown));
        assert!(message.contains(&beginning), "{message}");
        assert!(message.ends_with("00 bytes)"), "{message}");
        assert!(message.len() < shown + 200, "{message}");
        let debug = format!("{error:?}");
        assert!(debug.len() < shown + 1000, "{debug}");
        assert_eq!(error.payload().unwrap(), body.as_bytes());
    }
}

#[tokio::test]
async fn details_are_kept_by_type() {
    let body = r#"{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT","details":[
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R","domain":"d"},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"},
        {"@type":"type.googleapis.com/example.Unknown","x":1},
        "not an object"]}}"#;
    let error = error_of(Answer::json("400 Bad Request", body)).await;
    let details = &error.status().unwrap().details;
    assert!(matches!(&details[0], StatusDetails::ErrorInfo(info) if info.reason == "R"));
    assert!(matches!(&details[1], StatusDetails::RetryInfo(_)));
    assert!(matches!(&details[2], StatusDetails::Other(_)));
    assert_eq!(details.len(), 3);
}

#[tokio::test]
async fn details_of_a_bare_status_are_kept() {
    let body = r#"{"code":6,"message":"dup","details":[
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R","domain":"d"}]}"#;
    let error = error_of(Answer::json("409 Conflict", body)).await;
    let details = &error.status().unwrap().details;
    assert!(matches!(&details[..], [StatusDetails::ErrorInfo(info)] if info.reason == "R"));
}

#[tokio::test]
async fn long_details_are_in_the_payload_only() {
    let long = "a".repeat(500_000);
    let body = format!(
        r#"{{"error":{{"message":"m","details":[
            {{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"{long}"}},
            {{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"}}]}}}}"#
    );
    let error = error_of(Answer::json("500 No", &body)).await;
    let details = &error.status().unwrap().details;
    assert!(
        matches!(&details[..], [StatusDetails::RetryInfo(_)]),
        "{details:?}"
    );
    assert!(format!("{error:?}").len() < 10_000);
    assert_eq!(error.payload().unwrap(), body.as_bytes());
}

#[tokio::test]
async fn older_errors_become_error_info() {
    let body = r#"{"error":{"code":403,"message":"m","errors":[
        {"domain":"usageLimits","reason":"quota","message":"m2","location":"q","locationType":"parameter"}]}}"#;
    let error = error_of(Answer::json("403 Forbidden", body)).await;
    let [StatusDetails::ErrorInfo(info)] = &error.status().unwrap().details[..] else {
        panic!("{error:?}");
    };
    assert_eq!(
        (info.domain.as_str(), info.reason.as_str()),
        ("usageLimits", "quota")
    );
    assert_eq!(info.metadata["location"], "q");
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "304 Not Modified",
        "308 Permanent Redirect",
    ] {
        let server = Server::start([
            Answer::new(status, &["location: /elsewhere"], ""),
            Answer::ok(),
        ])
        .await;
        let error = server
            .client()
            .await
            .request(&CREATE)
            .send_empty()
            .await
            .unwrap_err();
        assert_eq!(error.http_status_code(), status[..3].parse().ok());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn messages_as_people_read_them() {
    let body = r#"{"error":{"code":404,"message":"no app 2","status":"NOT_FOUND"}}"#;
    let error = error_of(Answer::json("404 Not Found", body)).await;
    assert_eq!(
        error.to_string(),
        "the service reports an error with code NOT_FOUND described as: no app 2"
    );
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(
        source,
        r#"the service replied "{\"error\":{\"code\":404,\"message\":\"no app 2\",\"status\":\"NOT_FOUND\"}}""#
    );
}

#[tokio::test]
async fn an_error_nested_beyond_measure_is_no_error_of_ours() {
    let body = format!(
        r#"{{"error":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let error = error_of(Answer::json("400 Bad Request", &body)).await;
    assert_eq!(error.http_status_code(), Some(400));
    assert_eq!(error.payload().unwrap(), body.as_bytes());
}
