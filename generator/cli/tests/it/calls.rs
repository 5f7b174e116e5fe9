//! Calls of methods, and their results.

use serde_json::{Value, json};

use crate::program::{CHECKS, DRIVE, call, json, message, printed, run};
use crate::support::Answer;

const OPERATION: &str = "accounts/1/apps/2/operations/3";

/// Every method of Checks, and the request line that its command sends.
#[tokio::test]
async fn every_method_of_checks_is_called() {
    let table: [(&[&str], &str); 14] = [
        (
            &["accounts", "apps", "get", "accounts/1/apps/2"],
            "GET /v1alpha/accounts/1/apps/2?",
        ),
        (
            &[
                "accounts",
                "apps",
                "list",
                "accounts/1",
                "--page-size",
                "5",
                "--fields",
                "apps(name)",
            ],
            "GET /v1alpha/accounts/1/apps?fields=apps%28name%29&pageSize=5&",
        ),
        (
            &["accounts", "apps", "operations", "cancel", OPERATION],
            "POST /v1alpha/accounts/1/apps/2/operations/3:cancel?",
        ),
        (
            &["accounts", "apps", "operations", "delete", OPERATION],
            "DELETE /v1alpha/accounts/1/apps/2/operations/3?",
        ),
        (
            &["accounts", "apps", "operations", "get", OPERATION],
            "GET /v1alpha/accounts/1/apps/2/operations/3?",
        ),
        (
            &[
                "accounts",
                "apps",
                "operations",
                "list",
                "accounts/1/apps/2",
                "--filter",
                "-done",
            ],
            "GET /v1alpha/accounts/1/apps/2/operations?filter=-done&",
        ),
        (
            &[
                "accounts",
                "apps",
                "operations",
                "wait",
                OPERATION,
                "--set",
                "timeout=3.5s",
                "--async",
            ],
            "POST /v1alpha/accounts/1/apps/2/operations/3:wait?",
        ),
        (
            &[
                "accounts",
                "apps",
                "reports",
                "get",
                "accounts/1/apps/2/reports/4",
            ],
            "GET /v1alpha/accounts/1/apps/2/reports/4?",
        ),
        (
            &[
                "accounts",
                "apps",
                "reports",
                "list",
                "accounts/1/apps/2",
                "--checks-filter=state = FAILED",
            ],
            "GET /v1alpha/accounts/1/apps/2/reports?checksFilter=state%20%3D%20FAILED&",
        ),
        (
            &[
                "accounts",
                "repos",
                "operations",
                "get",
                "accounts/1/repos/5/operations/6",
            ],
            "GET /v1alpha/accounts/1/repos/5/operations/6?",
        ),
        (
            &[
                "accounts",
                "repos",
                "scans",
                "generate",
                "accounts/1/repos/5",
                "--async",
            ],
            "POST /v1alpha/accounts/1/repos/5/scans:generate?",
        ),
        (
            &[
                "accounts",
                "repos",
                "scans",
                "get",
                "accounts/1/repos/5/scans/7",
            ],
            "GET /v1alpha/accounts/1/repos/5/scans/7?",
        ),
        (
            &["accounts", "repos", "scans", "list", "accounts/1/repos/5"],
            "GET /v1alpha/accounts/1/repos/5/scans?",
        ),
        (
            &["aisafety", "classify-content"],
            "POST /v1alpha/aisafety:classifyContent?",
        ),
    ];
    for (arguments, line) in table {
        let (output, requests) = call(CHECKS, arguments, [json("{}")]).await;
        printed(&output);
        let [request] = &requests[..] else {
            panic!("{requests:?}")
        };
        assert!(request.line().starts_with(line), "{}", request.line());
        assert!(request.header("authorization").is_empty());
    }
}

#[tokio::test]
async fn a_file_is_uploaded_and_its_operation_awaited() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("app.aab");
    std::fs::write(&file, "PK").unwrap();
    let done =
        json!({"name": OPERATION, "done": true, "response": {"@type": "x/Report", "name": "r"}});
    let arguments = [
        "media",
        "upload",
        "accounts/1/apps/2",
        "--upload",
        file.to_str().unwrap(),
        "--set",
        "codeReferenceId=1234",
    ];
    let (output, requests) = call(CHECKS, &arguments, [json(&done.to_string())]).await;
    let printed: Value = serde_json::from_str(printed(&output)).unwrap();
    assert_eq!(printed, done["response"]);
    assert!(
        requests[0]
            .line()
            .contains("/upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload")
    );
    assert!(requests[0].text().contains(r#"{"codeReferenceId":"1234"}"#));

    let running = json!({"name": OPERATION}).to_string();
    let asynchronous = [&arguments[..], &["--async"]].concat();
    let (output, _) = call(CHECKS, &asynchronous, [json(&running)]).await;
    let printed: Value = serde_json::from_str(crate::program::printed(&output)).unwrap();
    assert_eq!(printed["name"], OPERATION);

    let wait = ["accounts", "apps", "operations", "get", OPERATION, "--wait"];
    let (output, _) = call(CHECKS, &wait, [json(&done.to_string())]).await;
    assert!(
        crate::program::printed(&output).contains("x/Report"),
        "{output:?}"
    );
}

#[tokio::test]
async fn elements_of_all_pages_are_listed() {
    let pages = || {
        [
            json(
                r#"{"apps": [{"name": "a", "title": "One"}, {"name": "b"}], "nextPageToken": "t"}"#,
            ),
            json(r#"{"apps": [{"name": "c", "title": "Three"}]}"#),
        ]
    };
    let list = [
        "accounts",
        "apps",
        "list",
        "accounts/1",
        "--fields",
        "apps(name,title)",
    ];
    let table = [
        (
            &["--all", "--format", "ndjson"][..],
            2,
            "{\"name\":\"a\",\"title\":\"One\"}\n{\"name\":\"b\"}\n{\"name\":\"c\",\"title\":\"Three\"}\n",
        ),
        (
            &["--limit", "1", "--format=ndjson"],
            1,
            "{\"name\":\"a\",\"title\":\"One\"}\n",
        ),
        (
            &["--all", "--format", "table"],
            2,
            " name  title\n a     One\n b\n c     Three\n",
        ),
    ];
    for (flags, count, expected) in table {
        let (output, requests) = call(CHECKS, &[&list[..], flags].concat(), pages()).await;
        assert_eq!(printed(&output), expected);
        assert_eq!(requests.len(), count);
        // The mask is completed, since the list would end otherwise.
        assert!(
            requests[0].target().contains("nextPageToken"),
            "{}",
            requests[0].target()
        );
    }
}

#[tokio::test]
async fn media_is_downloaded() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy");
    let media = || Answer::new("200 OK", &["content-type: text/plain"], "content");
    let get = ["files", "get", "FILE", "--output"];
    let (output, requests) = call(
        DRIVE,
        &[&get[..], &[file.to_str().unwrap()]].concat(),
        [media()],
    )
    .await;
    assert_eq!(printed(&output), "");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "content");
    assert!(
        requests[0].target().contains("alt=media"),
        "{}",
        requests[0].target()
    );
    let (output, _) = call(DRIVE, &[&get[..], &["-"]].concat(), [media()]).await;
    assert_eq!(printed(&output), "content");
}

#[tokio::test]
async fn failures_have_a_line_and_a_code() {
    let error = |code: u16| json!({"error": {"code": code, "message": "the reason"}}).to_string();
    for (status, code) in [(400, 3), (401, 4), (403, 4), (404, 5), (500, 6)] {
        let reply = Answer::json(&format!("{status} No"), &error(status));
        let get = [
            "accounts",
            "apps",
            "get",
            "accounts/1/apps/2",
            "--retries",
            "0",
        ];
        let (output, _) = call(CHECKS, &get, [reply]).await;
        let message = message(&output, code);
        assert!(
            message.starts_with("error: ") && message.contains("the reason"),
            "{message}"
        );
        assert_eq!(message.lines().count(), 1);
    }
    let unreachable = [
        "--endpoint",
        "http://127.0.0.1:1",
        "--anonymous",
        "--retries=0",
    ];
    let get = ["accounts", "apps", "get", "accounts/1/apps/2"];
    message(&run(CHECKS, &[&get[..], &unreachable].concat()), 7);
}

#[test]
fn a_dry_run_prints_the_request() {
    let arguments = [
        "accounts",
        "repos",
        "scans",
        "generate",
        "accounts/1/repos/5",
        "--dry-run",
        "--quota-project",
        "p",
        "--set",
        "cliVersion=it's",
    ];
    let output = run(CHECKS, &arguments);
    let printed = printed(&output);
    assert!(
        printed.starts_with(
            "curl -X POST 'https://checks.googleapis.com/v1alpha/accounts/1/repos/5/scans:generate?"
        ),
        "{printed}"
    );
    assert!(printed.contains("-H 'x-goog-user-project: p'"), "{printed}");
    assert!(
        printed.ends_with("--data-binary '{\"cliVersion\":\"it'\\''s\"}'\n"),
        "{printed}"
    );
}
