//! Operations that end in an error.

use discovery_runtime::{Error, OperationError, Value};
use google_cloud_gax::error::rpc::{Code, StatusDetails};
use serde_json::json;

use crate::script::{Answer, OPERATION, Script, ended_in};

async fn failed(operation: &Value) -> Error {
    let script = Script::new([Answer::json(operation)]);
    script.start().await.until_done().await.unwrap_err()
}

fn members(error: &Error) -> &serde_json::Map<String, Value> {
    let source = std::error::Error::source(error).unwrap();
    source.downcast_ref::<OperationError>().unwrap().members()
}

#[tokio::test(start_paused = true)]
async fn an_error_has_a_code_and_the_operation() {
    let script = Script::new([ended_in(5, "no such app")]);
    let error = script.start().await.until_done().await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::NotFound);
    assert_eq!(error.http_status_code(), None);
    assert_eq!(members(&error)["name"], OPERATION);
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(
        source.to_string(),
        "the operation \"projects/p/operations/o\" failed"
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_of_errors_is_kept() {
    let operation = json!({
        "name": "o", "status": "DONE", "targetLink": "https://h/instances/i",
        "httpErrorStatusCode": 409, "httpErrorMessage": "CONFLICT",
        "error": {"errors": [
            {
                "code": "QUOTA_EXCEEDED", "message": "Too many.", "location": "zones/z",
                "errorDetails": [
                    {"errorInfo": {
                        "reason": "QUOTA", "domain": "compute.googleapis.com",
                        "metadatas": {"limit": "8"}
                    }},
                    {"help": {"links": [{"description": "Quotas", "url": "https://h/q"}]}},
                    {"localizedMessage": {"locale": "de", "message": "Zu viele."}},
                    {"quotaInfo": {"limitName": "CPUS"}},
                    "no detail"
                ]
            },
            {"code": "OTHER"},
            {"message": "Only words."},
            {}
        ]}
    });
    let error = failed(&operation).await;
    let status = error.status().unwrap();
    assert_eq!(status.code, Code::Aborted);
    assert_eq!(
        status.message,
        "QUOTA_EXCEEDED: Too many.; OTHER; Only words.; {}"
    );
    let shown: Vec<String> = status.details.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "QUOTA_EXCEEDED {\"location\": \"zones/z\", \"message\": \"Too many.\"}",
            "QUOTA {\"limit\": \"8\"}",
            "https://h/q",
            "Zu viele.",
            "OTHER {}",
            " {\"message\": \"Only words.\"}",
            " {}",
        ]
    );
    // Members without a type of their own remain in the operation.
    assert_eq!(Value::Object(members(&error).clone()), operation);
}

fn shown(detail: &StatusDetails) -> String {
    match detail {
        StatusDetails::ErrorInfo(info) => {
            let metadata: std::collections::BTreeMap<_, _> = info.metadata.iter().collect();
            format!("{} {metadata:?}", info.reason)
        }
        StatusDetails::Help(help) => help.links[0].url.clone(),
        StatusDetails::LocalizedMessage(message) => message.message.clone(),
        other => format!("{other:?}"),
    }
}

/// Kubernetes Engine has a `google.rpc.Status` there, and an invalid part does not hide the rest.
#[tokio::test(start_paused = true)]
async fn a_status_may_be_sloppy() {
    let error = json!({"code": "8", "message": "full", "details": ["text", {"no": "type"}]});
    let error = failed(&json!({"name": "o", "status": "DONE", "error": error})).await;
    let status = error.status().unwrap();
    assert_eq!(status.code, Code::ResourceExhausted);
    assert_eq!((status.message.as_str(), status.details.len()), ("full", 1));

    for error in [
        json!("broken"),
        json!({"code": "x"}),
        json!({"errors": "x", "code": []}),
    ] {
        let message = error.to_string();
        let error = failed(&json!({"name": "o", "status": "DONE", "error": error})).await;
        let status = error.status().unwrap();
        assert_eq!((status.code, &status.message), (Code::Unknown, &message));
    }
}

/// An operation of the older kind is its own metadata, even if it failed.
#[tokio::test(start_paused = true)]
async fn the_poller_keeps_the_operation() {
    let operation = json!({
        "name": "o", "status": "DONE", "user": "u", "error": {"errors": [{"code": "X"}]},
    });
    let script = Script::new([Answer::json(&operation)]);
    let mut poller = script.start().await;
    poller.poll().await.unwrap();
    let kept = poller.operation().unwrap();
    assert_eq!(kept.unpack_metadata::<Value>().unwrap(), Some(operation));
    assert_eq!(kept.response, None);
}

/// `done` ends an operation whatever its `status` is, and an error is never `OK` or without words.
#[tokio::test(start_paused = true)]
async fn an_error_has_a_code_and_words_in_any_form() {
    let table = [
        (
            json!({"done": true, "error": {"message": "boom"}}),
            Code::Unknown,
            "boom",
        ),
        (
            json!({"done": true, "error": {"code": 0, "message": "boom"}}),
            Code::Unknown,
            "boom",
        ),
        (
            json!({"done": true, "error": {"code": 404, "message": "gone"}}),
            Code::NotFound,
            "gone",
        ),
        (
            json!({"done": true, "error": {"code": 5}}),
            Code::NotFound,
            r#"{"code":5}"#,
        ),
        (
            json!({"done": true, "error": "boom"}),
            Code::Unknown,
            r#""boom""#,
        ),
        (
            json!({"done": true, "status": "FAILED", "error": {"code": 7, "message": "no"}}),
            Code::PermissionDenied,
            "no",
        ),
        (
            json!({"status": "DONE", "error": {"reason": "QUOTA", "limit": 8}}),
            Code::Unknown,
            r#"{"limit":8,"reason":"QUOTA"}"#,
        ),
        (
            json!({"status": "DONE", "error": {"reason": "X"}, "httpErrorStatusCode": 403}),
            Code::PermissionDenied,
            r#"{"reason":"X"}"#,
        ),
        (
            json!({"status": "DONE", "error": {"errors": []}, "httpErrorStatusCode": 404,
                "httpErrorMessage": "NOT FOUND"}),
            Code::NotFound,
            "NOT FOUND",
        ),
        (
            json!({"status": "DONE", "httpErrorStatusCode": 409}),
            Code::Aborted,
            "the operation failed",
        ),
    ];
    for (mut operation, code, message) in table {
        operation["name"] = json!("o");
        let error = failed(&operation).await;
        let status = error.status().unwrap();
        assert_eq!(
            (status.code, status.message.as_str()),
            (code, message),
            "{operation}"
        );
        assert_eq!(Value::Object(members(&error).clone()), operation);
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_error_beside_a_response_is_none() {
    for error in [
        json!({}),
        json!({"code": 0}),
        json!({"code": 0, "message": "", "details": []}),
        json!({"code": "OK"}),
        Value::Null,
    ] {
        let response = json!({"@type": "x/R", "title": "made"});
        let operation = json!({"name": "o", "done": true, "error": error, "response": response});
        let script = Script::new([Answer::json(&operation)]);
        let made = script.start().await.until_done().await;
        assert_eq!(made.unwrap().as_object()["title"], "made", "{operation}");

        let older = json!({"name": "o", "status": "DONE", "error": error, "user": "u"});
        let script = Script::new([Answer::json(&older)]);
        let made = script.start().await.until_done().await;
        assert_eq!(made.unwrap().as_object()["user"], "u", "{older}");
    }
}

/// The service cannot report it again.
#[tokio::test(start_paused = true)]
async fn an_operation_without_a_name_that_has_a_result_is_done() {
    let response = json!({"@type": "x/R", "title": "made"});
    for operation in [
        json!({"response": response}),
        json!({"name": "", "response": response}),
        json!({"name": null, "done": false, "response": response, "status": "RUNNING"}),
    ] {
        let script = Script::new([Answer::json(&operation)]);
        let made = script.start().await.until_done().await;
        assert_eq!(made.unwrap().as_object()["title"], "made", "{operation}");
    }
    let error = failed(&json!({"error": {"code": 5, "message": "no"}})).await;
    assert_eq!(error.status().unwrap().code, Code::NotFound);
}

#[tokio::test(start_paused = true)]
async fn done_and_a_text_status_are_done() {
    for status in ["DONE", "SUCCESS", "RUNNING"] {
        let response = json!({"@type": "x/R", "title": "made"});
        let operation = json!({"name": "o", "done": true, "status": status, "response": response});
        let script = Script::new([Answer::json(&operation)]);
        let made = script.start().await.until_done().await;
        assert_eq!(made.unwrap().as_object()["title"], "made", "{operation}");
    }
}

/// A log line stays readable, whatever a service replies; the operation is kept whole.
#[tokio::test(start_paused = true)]
async fn a_long_failure_is_shown_in_part() {
    let long = "a".repeat(1_000_000);
    let detail = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": long});
    for operation in [
        json!({"name": long, "done": true, "error":
            {"code": 3, "message": long, "details": [detail]}}),
        json!({"name": "o", "status": "DONE", "error": {"errors": [{"code": long}]}}),
        json!({"name": "o", "status": "DONE", "error": {"other": long}}),
    ] {
        let error = failed(&operation).await;
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(
            error.to_string().len() < 5_000,
            "{}",
            error.to_string().len()
        );
        assert!(
            format!("{error:?}").len() < 10_000,
            "{}",
            format!("{error:?}").len()
        );
        assert!(source.len() < 1_000);
        assert_eq!(Value::Object(members(&error).clone()), operation);
    }
}

/// As far as it is known from an upload or a plain call.
#[tokio::test]
async fn an_operation_that_was_decoded_has_the_same_error() {
    let operation: discovery_runtime::Operation =
        serde_json::from_value(json!({"done": true, "error": {"message": "boom"}})).unwrap();
    let status = operation.error.unwrap();
    assert_eq!(
        (status.code, &*status.message),
        (Code::Unknown as i32, "boom")
    );
}
