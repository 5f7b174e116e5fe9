//! The examples of the client, run as programs.

use std::process::{Command, Output};

use crate::calls::{ACCOUNT, APP};
use crate::support::{Answer, Server, fixture, json};

const QUICKSTART: &str = env!("CARGO_BIN_EXE_checks_quickstart");
const UPLOAD: &str = env!("CARGO_BIN_EXE_checks_upload");

/// Runs a program to completion while the server replies.
async fn run(program: &'static str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments);
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.unwrap().unwrap()
}

fn printed(output: &Output) -> &str {
    assert!(output.status.success(), "{output:?}");
    std::str::from_utf8(&output.stdout).unwrap()
}

/// Returns the message of a program that failed: its last line, since a progress bar may precede
/// it.
fn complaint(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let lines = std::str::from_utf8(&output.stderr).unwrap().lines();
    lines.last().unwrap()
}

#[tokio::test]
async fn quickstart_prints_all_pages() {
    let server = Server::start([
        json(r#"{"apps": [{"name": "accounts/1/apps/2"}], "nextPageToken": "t"}"#),
        json(r#"{"apps": [{"name": "accounts/1/apps/3", "title": "Three"}]}"#),
    ])
    .await;
    let output = run(QUICKSTART, &[ACCOUNT, "--endpoint", &server.url]).await;
    let printed = printed(&output);
    let places = ["accounts/1/apps/2", "accounts/1/apps/3", "Three"]
        .map(|text| printed.find(text).unwrap_or_else(|| panic!("{printed}")));
    assert!(places.is_sorted(), "{printed}");
    let [first, second] = server.requests().try_into().unwrap();
    let query = "alt=json&prettyPrint=false";
    assert_eq!(first.target(), format!("/v1alpha/accounts/1/apps?{query}"));
    assert_eq!(
        second.target(),
        format!("/v1alpha/accounts/1/apps?pageToken=t&{query}")
    );
    // A local server receives no credentials.
    assert!(first.header("authorization").is_empty());
}

#[tokio::test]
async fn quickstart_reports_errors() {
    let output = run(QUICKSTART, &["--endpoint", "http://127.0.0.1:1"]).await;
    assert_eq!(
        complaint(&output),
        r#"Error: "usage: PARENT [--endpoint URL]""#
    );
    let output = run(QUICKSTART, &[ACCOUNT, "--endpoint"]).await;
    assert_eq!(complaint(&output), r#"Error: "--endpoint needs a URL""#);
    let error =
        r#"{"error": {"code": 403, "message": "not yours", "status": "PERMISSION_DENIED"}}"#;
    let server = Server::start([Answer::json("403 Forbidden", error)]).await;
    let output = run(QUICKSTART, &[ACCOUNT, "--endpoint", &server.url]).await;
    assert!(complaint(&output).contains("not yours"), "{output:?}");
}

#[tokio::test]
async fn upload_sends_a_file_and_prints_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.apk");
    let data: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
    std::fs::write(&path, &data).unwrap();
    let path = path.to_str().unwrap();

    let script = ["operation_running.json", "operation_done.json"];
    let server = Server::start(script.map(|name| json(&fixture(name)))).await;
    let output = run(UPLOAD, &[APP, path, "--endpoint", &server.url]).await;
    assert!(printed(&output).starts_with("Report {"), "{output:?}");
    let [request, poll] = &server.requests()[..] else {
        panic!("{:?}", server.requests());
    };
    assert!(
        poll.line()
            .starts_with("GET /v1alpha/accounts/1/apps/2/operations/")
    );
    assert_eq!(
        request.line(),
        "POST /upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload\
         ?uploadType=media&alt=json&prettyPrint=false HTTP/1.1"
    );
    assert_eq!(
        request.header("content-type"),
        ["application/vnd.android.package-archive"]
    );
    assert_eq!(request.header("content-length"), ["200000"]);
    assert!(request.body == data);

    let server = Server::start([Answer::json("503 Busy", "{}")]).await;
    let output = run(UPLOAD, &[APP, path, "--endpoint", &server.url]).await;
    assert!(complaint(&output).contains("503"), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    server.request();
}
