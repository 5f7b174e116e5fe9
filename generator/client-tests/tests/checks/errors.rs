//! Service errors, in every shape that services send.

use discovery_runtime::{Error, ErrorExt as _};
use google_cloud_gax::error::rpc::{Code, StatusDetails};

use crate::calls::APP;
use crate::methods;
use crate::support::{Answer, Server, client, serving};

const NOT_FOUND: &str = r#"{"error": {"code": 404, "message": "no app 2", "status": "NOT_FOUND"}}"#;

/// Returns the error of a method that is attempted once.
async fn error_of(status: &str, body: impl AsRef<[u8]>) -> Error {
    let answer = Answer::new(status, &["x-debug: 1", "x-debug: 2"], body);
    let (server, checks) = serving(answer).await;
    let aisafety = checks.aisafety();
    let call = aisafety.classify_content(Default::default());
    let error = call.send().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    error
}

#[tokio::test]
async fn every_method_reports_service_errors() {
    for call in methods::all() {
        let (_server, checks) = serving(Answer::json("404 Not Found", NOT_FOUND)).await;
        let error = call.call(checks).await.unwrap_err();
        assert_eq!(error.http_status_code(), Some(404), "{}", call.id);
        assert_eq!(error.status().unwrap().code, Code::NotFound);
        assert_eq!(error.payload().unwrap(), NOT_FOUND);
        assert_eq!(
            error.to_string(),
            "the service reports an error with code NOT_FOUND described as: no app 2"
        );
    }
}

#[tokio::test]
async fn a_status_is_read_from_errors_of_every_shape() {
    let aip_193 = r#"{"error":{"code":409,"message":"dup","status":"ALREADY_EXISTS"}}"#;
    let both = r#"{"error":{"errors":[{"domain":"global","reason":"duplicate","message":"dup"}],
                   "code":409,"message":"dup","status":"ALREADY_EXISTS"}}"#;
    let older = r#"{"error":{"errors":[{"domain":"usageLimits","reason":"rateLimitExceeded",
                    "message":"slow down"}],"code":429,"message":"slow down"}}"#;
    let stream = r#"[{"error":{"code":400,"message":"bad","status":"FAILED_PRECONDITION"}}]"#;
    let nested = r#"{"error":{"code":412,"message":"{\"error\":{\"message\":\"inner\"}}"}}"#;
    let table = [
        ("409 Conflict", aip_193, Code::AlreadyExists, "dup"),
        ("409 Conflict", both, Code::AlreadyExists, "dup"),
        ("429 Slow", older, Code::ResourceExhausted, "slow down"),
        ("400 Bad", stream, Code::FailedPrecondition, "bad"),
        (
            "403 Forbidden",
            r#"{"error":{"message":"no code"}}"#,
            Code::PermissionDenied,
            "no code",
        ),
        (
            "401 Unauthorized",
            r#"{"error":"invalid_token","error_description":"expired"}"#,
            Code::Unauthenticated,
            "invalid_token: expired",
        ),
        (
            "412 Precondition Failed",
            nested,
            Code::Unknown,
            r#"{"error":{"message":"inner"}}"#,
        ),
    ];
    for (status, body, code, message) in table {
        let error = error_of(status, body).await;
        let reported = error.status().unwrap();
        assert_eq!((reported.code, reported.message.as_str()), (code, message));
        assert_answer_is_kept(&error, status, body.as_bytes());
    }
}

#[tokio::test]
async fn the_http_status_supplies_a_missing_code() {
    for (status, code) in [
        ("400 Bad Request", Code::InvalidArgument),
        ("401 Unauthorized", Code::Unauthenticated),
        ("403 Forbidden", Code::PermissionDenied),
        ("404 Not Found", Code::NotFound),
        ("409 Conflict", Code::Aborted),
        ("429 Too Many Requests", Code::ResourceExhausted),
        ("499 Client Closed Request", Code::Cancelled),
        ("500 Internal Server Error", Code::Internal),
        ("501 Not Implemented", Code::Unimplemented),
        ("503 Service Unavailable", Code::Unavailable),
        ("504 Gateway Timeout", Code::DeadlineExceeded),
        ("418 I'm a teapot", Code::Unknown),
        ("304 Not Modified", Code::Unknown),
    ] {
        let body = match status {
            "304 Not Modified" => "", // Has no body, by RFC 9110.
            _ => r#"{"error": {"message": "m"}}"#,
        };
        let error = error_of(status, body).await;
        assert_eq!(error.status().unwrap().code, code, "{status}");
        assert_eq!(error.http_status_code(), status[..3].parse().ok());
    }
}

#[tokio::test]
async fn an_unrecognized_error_body_is_kept() {
    let bodies: [&[u8]; 7] = [
        b"<html><h1>502</h1></html>",
        b"",
        b"\xff\x00\xfe",
        b"{\"message\": \"m\"}",
        b"{\"error\": null}",
        b"[]",
        b"null",
    ];
    for body in bodies {
        let error = error_of("502 Bad Gateway", body).await;
        assert_eq!(error.status().unwrap().code, Code::Unknown, "{error:?}");
        assert_answer_is_kept(&error, "502 Bad Gateway", body);
    }
}

fn assert_answer_is_kept(error: &Error, status: &str, body: &[u8]) {
    assert_eq!(error.http_status_code(), status[..3].parse().ok());
    let headers = error.http_headers().unwrap().get_all("x-debug");
    assert!(headers.iter().eq(["1", "2"]));
    assert_eq!(error.payload().unwrap(), body);
}

#[tokio::test]
async fn details_are_decoded_by_type() {
    let body = r#"{"error": {"code": 400, "message": "m", "status": "INVALID_ARGUMENT", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED",
         "domain": "googleapis.com", "metadata": {"service": "checks.googleapis.com"}},
        {"@type": "type.googleapis.com/google.rpc.BadRequest",
         "fieldViolations": [{"field": "parent", "description": "unknown"}]},
        {"@type": "type.googleapis.com/google.checks.Future", "x": 1}]}}"#;
    let error = error_of("400 Bad Request", body).await;
    let [
        StatusDetails::ErrorInfo(info),
        StatusDetails::BadRequest(bad),
        StatusDetails::Other(_),
    ] = &error.status().unwrap().details[..]
    else {
        panic!("{error:?}")
    };
    assert_eq!(info.reason, "SERVICE_DISABLED");
    assert_eq!(info.metadata["service"], "checks.googleapis.com");
    assert_eq!(bad.field_violations[0].field, "parent");
}

/// Following a redirect could turn a `POST` into a `GET` and send the token to another host.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 T", "308 P"] {
        let elsewhere = Server::start([Answer::json("200 OK", "{}")]).await;
        let location = format!("location: {}/v1alpha/x", elsewhere.url);
        let (server, checks) = serving(Answer::new(status, &[&location], "")).await;
        let get = checks.accounts().apps().get(APP);
        let error = get.send().await.unwrap_err();
        assert_eq!(error.http_status_code(), status[..3].parse().ok());
        assert_eq!(server.requests().len(), 1);
        assert!(elsewhere.requests().is_empty());
    }
}

#[tokio::test]
async fn errors_do_not_reveal_the_token() {
    let answer = Answer::json("403 Forbidden", r#"{"error": {"message": "no"}}"#);
    let server = Server::start([answer]).await;
    let get = client(&server).await.accounts().apps().get(APP);
    let error = get.send().await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(crate::support::TOKEN), "{shown}");
}
