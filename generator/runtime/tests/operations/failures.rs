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
