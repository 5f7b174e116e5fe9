//! Retries of calls while the service is unavailable.

use std::time::Duration;

use discovery_runtime::RequestOptionsBuilder as _;
use google_checks_v1alpha::Checks;

use crate::calls::{APP, OPERATION};
use crate::methods;
use crate::support::{Answer, Fixed, Patient, Server, builder, json};

/// Returns a client that retries without waiting.
async fn impatient(server: &Server) -> Checks {
    let builder = builder(&server.url)
        .with_backoff_policy(Fixed(Duration::ZERO))
        .with_retry_throttler(Patient);
    builder.build().await.unwrap()
}

fn unavailable() -> Answer {
    let body = r#"{"error": {"code": 503, "message": "later", "status": "UNAVAILABLE"}}"#;
    Answer::json("503 Service Unavailable", body)
}

/// See [AIP-194](https://google.aip.dev/194).
#[tokio::test]
async fn only_idempotent_methods_are_retried() {
    for call in methods::all() {
        let server = Server::start([unavailable(), json(&call.answer())]).await;
        let result = call.call(impatient(&server).await).await;
        let repeats = !call.line.starts_with("POST");
        assert_eq!(result.is_ok(), repeats, "{}", call.id);
        let requests = server.requests();
        assert_eq!(requests.len(), 1 + usize::from(repeats), "{}", call.id);
        for request in &requests {
            call.assert_sent(request);
        }
    }
}

#[tokio::test]
async fn a_caller_may_mark_a_call_idempotent() {
    let server = Server::start([unavailable(), json("{}"), unavailable()]).await;
    let apps = impatient(&server).await.accounts().apps();
    let cancel = apps.operations().cancel(OPERATION);
    cancel.with_idempotency(true).send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
    let get = apps.get(APP).with_idempotency(false);
    let error = get.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(503));
    assert_eq!(server.requests().len(), 3);
}
