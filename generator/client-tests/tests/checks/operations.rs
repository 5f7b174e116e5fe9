//! Long-running operations: how their states are decoded, and how they are polled.

use std::time::Duration;

use discovery_runtime::{Cancellation, Poller, RequestOptionsBuilder as _, Value};
use google_checks_v1alpha::schemas::Operation;
use google_checks_v1alpha::schemas::report::{Report, app_bundle::ReleaseType};
use google_cloud_gax::error::rpc::Code;
use google_cloud_gax::polling_backoff_policy::PollingBackoffPolicy;
use google_cloud_gax::polling_state::PollingState;

use crate::calls::{OPERATION, REPO, REPORT};
use crate::messages;
use crate::support::{Answer, Server, client, fixture, json, serving};

fn read(name: &str) -> Operation {
    serde_json::from_str(&fixture(name)).unwrap()
}

#[test]
fn a_running_operation_has_metadata() {
    let operation = read("operation_running.json");
    assert!(!operation.done);
    assert_eq!((operation.error, operation.response), (None, None));
    let metadata = operation.metadata.unwrap();
    assert_eq!(
        metadata.type_url(),
        Some("type.googleapis.com/google.checks.report.v1alpha.AnalyzeUploadMetadata")
    );
    let metadata: Value = metadata.unpack().unwrap();
    assert_eq!(metadata["progressPercent"], 40);
    assert_eq!(metadata["@type"], Value::Null);
}

#[test]
fn a_completed_operation_has_a_response() {
    let operation = read("operation_done.json");
    assert!(operation.done);
    assert_eq!(operation.error, None);
    let report: Report = operation.unpack().unwrap().unwrap();
    assert_eq!(report.name.as_deref(), Some(REPORT));
    let bundle = report.app_bundle.unwrap();
    assert_eq!(bundle.release_type, Some(ReleaseType::PreRelease));
}

/// The code is a `google.rpc.Code`, not an HTTP status.
#[test]
fn a_cancelled_operation_has_an_error_with_code_1() {
    let operation = read("operation_cancelled.json");
    assert!(operation.done);
    assert_eq!(operation.response, None);
    let error = operation.error.unwrap();
    assert_eq!(error.code, 1);
    assert_eq!(error.message, "The operation was cancelled.");
    let [detail] = &error.details[..] else {
        panic!()
    };
    assert_eq!(
        detail.type_url(),
        Some("type.googleapis.com/google.rpc.ErrorInfo")
    );
}

/// Details that are not a `google.protobuf.Any` must not hide the rest of an error.
#[test]
fn an_operation_error_may_be_malformed() {
    let operation: Operation = serde_json::from_str(
        r#"{"done": true, "error": {"code": "13", "details": ["text", {"no": "type"}]}}"#,
    )
    .unwrap();
    let error = operation.error.unwrap();
    assert_eq!(error.code, 13);
    // An error without a message is shown as it came.
    let text = r#"{"code":"13","details":["text",{"no":"type"}]}"#;
    assert_eq!(error.message, text);
}

#[tokio::test]
async fn done_may_come_without_a_result() {
    let (_server, checks) = serving(json(r#"{"name": "n", "done": true}"#)).await;
    let operations = checks.accounts().apps().operations();
    let operation: Operation = operations.get(OPERATION).send().await.unwrap();
    assert!(operation.done);
    assert_eq!(operation.unpack::<Report>().unwrap(), None);
}

/// Polls without waiting.
#[derive(Debug)]
struct AtOnce;

impl PollingBackoffPolicy for AtOnce {
    fn wait_period(&self, _: &PollingState) -> Duration {
        Duration::ZERO
    }
}

async fn answering(answers: &[&str]) -> Server {
    Server::start(answers.iter().map(|name| json(&fixture(name)))).await
}

/// Returns a poller of an operation whose name was saved.
async fn follow(server: &Server) -> Poller<Report> {
    let operations = client(server).await.accounts().apps().operations();
    let get = operations
        .get(OPERATION)
        .with_polling_backoff_policy(AtOnce);
    get.poller().with_response()
}

const GET: &str = "GET /v1alpha/accounts/1/apps/2/operations/3";
const CANCEL: &str = "POST /v1alpha/accounts/1/apps/2/operations/3:cancel";
const WAIT: &str = "POST /v1alpha/accounts/1/apps/2/operations/3:wait";

/// Returns the verb and the path of every request, in order.
fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| request.line().split('?').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_scan_is_polled_until_done() {
    let running = json(r#"{"name": "accounts/1/repos/5/operations/6"}"#);
    let done = json(&fixture("operation_scan.json"));
    let server = Server::start([running.clone(), running, done]).await;
    let scans = client(&server).await.accounts().repos().scans();
    scans
        .generate(REPO, messages::generate_scan())
        .poller()
        .with_polling_backoff_policy(AtOnce)
        .until_done()
        .await
        .unwrap();
    let get = "GET /v1alpha/accounts/1/repos/5/operations/6";
    assert_eq!(
        lines(&server),
        ["POST /v1alpha/accounts/1/repos/5/scans:generate", get, get]
    );
    let [first, second, _] = &server.requests()[..] else {
        panic!()
    };
    assert_eq!(first.text(), messages::GENERATE_SCAN);
    assert_eq!(second.text(), "");
    assert!(second.header("content-length").is_empty());
}

#[tokio::test]
async fn an_operation_returns_its_report() {
    let server = answering(&["operation_running.json", "operation_done.json"]).await;
    let report = follow(&server).await.until_done().await.unwrap();
    assert_eq!(report.name.as_deref(), Some(REPORT));
    assert_eq!(lines(&server), [GET, GET]);
}

#[tokio::test]
async fn a_failed_operation_returns_its_status() {
    let server = answering(&["operation_cancelled.json"]).await;
    let error = follow(&server).await.until_done().await.unwrap_err();
    let status = error.status().unwrap();
    assert_eq!(status.code, Code::Cancelled);
    assert_eq!(status.message, "The operation was cancelled.");
    assert_eq!(status.details.len(), 1);
    assert_eq!(error.http_status_code(), None);
}

#[tokio::test]
async fn polls_may_wait_at_the_service() {
    let running = "operation_running.json";
    let server = answering(&[running, running, "operation_done.json"]).await;
    let poller = follow(&server).await;
    let poller = poller.with_server_wait(Duration::from_millis(30_500));
    poller.until_done().await.unwrap();
    assert_eq!(lines(&server), [GET, WAIT, WAIT]);
    let wait = &server.requests()[1];
    assert_eq!(wait.text(), r#"{"timeout":"30.500s"}"#);
    assert_eq!(wait.header("content-type"), ["application/json"]);
}

#[tokio::test]
async fn cancellation_is_requested_and_then_observed() {
    let running = json(&fixture("operation_running.json"));
    let cancelled = json(&fixture("operation_cancelled.json"));
    let server = Server::start([running.clone(), json("{}"), running, cancelled]).await;
    let cancellation = follow(&server).await.cancel_and_wait().await.unwrap();
    assert!(
        matches!(cancellation, Cancellation::Cancelled),
        "{cancellation:?}"
    );
    assert_eq!(lines(&server), [GET, CANCEL, GET, GET]);
    let cancel = &server.requests()[1];
    assert_eq!(cancel.header("content-length"), ["0"]);
    assert_eq!(cancel.text(), "");
}

#[tokio::test]
async fn an_operation_may_complete_despite_its_cancellation() {
    let running = json(&fixture("operation_running.json"));
    let done = json(&fixture("operation_done.json"));
    let server = Server::start([running, json("{}"), done]).await;
    let cancellation = follow(&server).await.cancel_and_wait().await.unwrap();
    let Cancellation::Completed(report) = cancellation else {
        panic!("{cancellation:?}")
    };
    assert_eq!(report.name.as_deref(), Some(REPORT));
}

#[tokio::test]
async fn an_unimplemented_cancel_is_sent_once() {
    let error = r#"{"error": {"code": 501, "message": "no", "status": "UNIMPLEMENTED"}}"#;
    let server = Server::start([
        json(&fixture("operation_running.json")),
        Answer::json("501 Not Implemented", error),
        json(&fixture("operation_done.json")),
    ])
    .await;
    let cancellation = follow(&server).await.cancel_and_wait().await.unwrap();
    let Cancellation::Unsupported(poller) = cancellation else {
        panic!("{cancellation:?}")
    };
    assert_eq!(poller.name(), Some(OPERATION));
    poller.until_done().await.unwrap();
    assert_eq!(lines(&server), [GET, CANCEL, GET]);
}

/// `accounts.repos.operations` has no `cancel`.
#[tokio::test]
async fn without_a_cancel_method_nothing_is_sent() {
    let server = Server::start([json(r#"{"name": "accounts/1/repos/5/operations/6"}"#)]).await;
    let operations = client(&server).await.accounts().repos().operations();
    let mut poller = operations.get("accounts/1/repos/5/operations/6").poller();
    let error = poller.cancel().await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::Unimplemented);
    assert_eq!(
        error.to_string(),
        "the service reports an error with code UNIMPLEMENTED described as: this API has no \
         method that cancels the operation \"accounts/1/repos/5/operations/6\""
    );
    assert_eq!(server.requests().len(), 1);
}
