//! The release gate, run as a program.

use std::fs;
use std::process::{Command, Output};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Answer, Recorded, Server};

const KEY: &str = include_str!("../../../runtime/tests/fixtures/service_account.json");
const OPERATION: &str = "accounts/1/apps/2/operations/3";
const RUNNING: &str = r#"{"name": "accounts/1/apps/2/operations/3"}"#;
const DONE: &str = r#"{"name": "accounts/1/apps/2/operations/3", "done": true, "response": {
    "@type": "type.googleapis.com/google.checks.report.v1alpha.Report",
    "name": "accounts/1/apps/2/reports/4", "resultsUri": "https://checks.google.com/r/4"}}"#;
const REPORT: &str = r#"{"name": "accounts/1/apps/2/reports/4", "checks": [
    {"type": "PRIVACY_POLICY_UPDATE_DATE_RECENT", "state": "FAILED", "severity": "POTENTIAL"},
    {"type": "PRIVACY_POLICY_GDPR_POLICY_UPDATE", "state": "PASSED", "severity": "PRIORITY"},
    {"type": "PRIVACY_POLICY_URLS", "state": "FAILED", "severity": "OPPORTUNITY"}]}"#;

/// A run of the gate in a folder of its own, with the key of a service account.
struct Gate {
    folder: TempDir,
    command: Command,
}

impl Gate {
    fn new(fail_on: &str, input: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("app.aab"), b"PK\x03\x04\0\xff").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_checks-gate"));
        command
            .arg(input)
            .current_dir(&folder)
            .env("CHECKS_APP", "accounts/1/apps/2")
            .env("CHECKS_FAIL_ON", fail_on)
            .env("CHECKS_KEY", STANDARD.encode(KEY))
            .env("CHECKS_QUOTA_PROJECT", "billed");
        Self { folder, command }
    }

    /// Runs the gate while a server replies.
    async fn run(&mut self, script: impl IntoIterator<Item = Answer>) -> (Output, Vec<Recorded>) {
        let server = Server::start(script).await;
        self.command.env("CHECKS_ENDPOINT", &server.url);
        let child = self.command.stdout(std::process::Stdio::piped());
        let child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
        let output = tokio::task::spawn_blocking(|| child.wait_with_output());
        (output.await.unwrap().unwrap(), server.requests())
    }

    fn results(&self) -> Option<Value> {
        let text = fs::read_to_string(self.folder.path().join("checks_results.json"));
        text.ok().map(|text| serde_json::from_str(&text).unwrap())
    }
}

fn json(text: &str) -> Answer {
    Answer::json("200 OK", text)
}

/// Returns standard output of a run that ended with this code.
fn printed(output: &Output, code: i32) -> &str {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    std::str::from_utf8(&output.stdout).unwrap()
}

/// Returns the message of a run that failed.
fn message(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    std::str::from_utf8(&output.stderr).unwrap()
}

fn assert_signed(request: &Recorded) {
    let header = request.header("authorization").concat();
    let claims = header.strip_prefix("Bearer ").unwrap().split('.').nth(1);
    let claims = URL_SAFE_NO_PAD.decode(claims.unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["iss"], "robot@test.iam.gserviceaccount.com");
    assert_eq!(claims["scope"], "https://www.googleapis.com/auth/checks");
    assert_eq!(request.header("x-goog-user-project"), ["billed"]);
}

#[tokio::test]
async fn an_app_with_failed_checks_is_held_back() {
    let mut gate = Gate::new("POTENTIAL", "app.aab");
    let (output, requests) = gate.run([json(RUNNING), json(DONE), json(REPORT)]).await;
    let failed = r#"failed: {"severity":"POTENTIAL","state":"FAILED","type":"PRIVACY_POLICY_UPDATE_DATE_RECENT"}"#;
    assert_eq!(
        printed(&output, 10),
        format!("To continue waiting after an interruption: checks-gate {OPERATION}\n{failed}\n")
    );
    assert_eq!(gate.results(), serde_json::from_str(REPORT).unwrap());

    let [upload, poll, report] = &requests[..] else { panic!("{requests:#?}") };
    requests.iter().for_each(assert_signed);
    let target = "/upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload?uploadType=multipart";
    assert!(upload.line().starts_with(&format!("POST {target}&")), "{}", upload.line());
    let body = String::from_utf8_lossy(&upload.body);
    assert!(body.contains(r#"{"appBinaryFileType":"ANDROID_AAB"}"#), "{body}");
    assert!(body.contains("PK\u{3}\u{4}"), "{body}");
    assert!(poll.line().starts_with(&format!("GET /v1alpha/{OPERATION}?")), "{}", poll.line());
    let fields = "fields=name%2Cchecks%28type%2Cstate%2Cseverity%29";
    let line = format!("GET /v1alpha/accounts/1/apps/2/reports/4?{fields}&");
    assert!(report.line().starts_with(&line), "{}", report.line());
}

#[tokio::test]
async fn lesser_severities_pass_and_waiting_goes_on_by_the_name_of_the_operation() {
    let mut gate = Gate::new("PRIORITY", OPERATION);
    gate.command.env_remove("CHECKS_APP");
    let (output, requests) = gate.run([json(DONE), json(REPORT)]).await;
    assert!(!printed(&output, 0).contains("failed"), "{output:?}");
    assert_eq!(gate.results(), serde_json::from_str(REPORT).unwrap());
    assert!(requests[0].line().starts_with(&format!("GET /v1alpha/{OPERATION}?")));
}

#[tokio::test]
async fn every_severity_can_be_made_to_count_and_unknown_ones_always_do() {
    let unknown = REPORT.replace("OPPORTUNITY", "NEW").replace("POTENTIAL", "OPPORTUNITY");
    for (fail_on, report, count) in [("OPPORTUNITY", REPORT, 2), ("PRIORITY", &*unknown, 1)] {
        let (output, _) = Gate::new(fail_on, OPERATION).run([json(DONE), json(report)]).await;
        assert_eq!(printed(&output, 10).matches("failed: ").count(), count, "{output:?}");
    }
}

#[tokio::test]
async fn the_key_may_be_in_a_file() {
    let mut gate = Gate::new("PRIORITY", OPERATION);
    fs::write(gate.folder.path().join("key.json"), KEY).unwrap();
    gate.command.env_remove("CHECKS_KEY").env("CHECKS_KEY_FILE", "key.json");
    let (output, requests) = gate.run([json(DONE), json(REPORT)]).await;
    printed(&output, 0);
    requests.iter().for_each(assert_signed);
}

/// Nothing is sent, and the message names the cause.
#[tokio::test]
async fn mistakes_of_configuration_are_explained() {
    let table: [(&str, Option<&str>, &str); 5] = [
        ("CHECKS_FAIL_ON", None, "CHECKS_FAIL_ON is not set"),
        ("CHECKS_FAIL_ON", Some("HIGH"), "CHECKS_FAIL_ON is not one of [\"OPPORTUNITY\","),
        ("CHECKS_KEY", None, "CHECKS_KEY is not set"),
        ("CHECKS_KEY", Some("eyJhIjo="), "by the service account key: "),
        ("CHECKS_QUOTA_PROJECT", None, "CHECKS_QUOTA_PROJECT is not set"),
    ];
    for (variable, value, expected) in table {
        let mut gate = Gate::new("PRIORITY", "app.aab");
        match value {
            Some(value) => gate.command.env(variable, value),
            None => gate.command.env_remove(variable),
        };
        let (output, requests) = gate.run([]).await;
        assert!(message(&output).contains(expected), "{output:?}");
        assert!(requests.is_empty(), "{requests:?}");
    }
    let (output, requests) = Gate::new("PRIORITY", "other.aab").run([]).await;
    let message = message(&output);
    assert!(message.contains("cannot read other.aab") && message.contains("No such file"));
    assert!(requests.is_empty(), "{requests:?}");
}

#[tokio::test]
async fn refusals_and_failures_are_explained() {
    let refused = r#"{"error": {"code": 403, "status": "PERMISSION_DENIED",
        "message": "Checks API has not been used in project billed"}}"#;
    let mut gate = Gate::new("PRIORITY", "app.aab");
    let (output, _) = gate.run([Answer::json("403 Forbidden", refused)]).await;
    let text = message(&output);
    assert!(text.contains("cannot analyze app.aab"), "{text}");
    assert!(text.contains("PERMISSION_DENIED"), "{text}");
    assert!(text.contains("Checks API has not been used in project billed"), "{text}");
    assert_eq!(gate.results(), None);

    let failed = r#"{"name": "accounts/1/apps/2/operations/3", "done": true,
        "error": {"code": 3, "message": "the bundle is not signed"}}"#;
    let (output, _) = Gate::new("PRIORITY", "app.aab").run([json(failed)]).await;
    let text = message(&output);
    assert!(text.contains(&format!("{OPERATION} has no report")), "{text}");
    assert!(text.contains("the bundle is not signed"), "{text}");
}
