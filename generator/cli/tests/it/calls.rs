//! Calls of methods, and their results.

use std::ffi::OsString;

use discovery_cli::api::Api;
use google_checks_v1alpha::Checks;
use google_checks_v1alpha::schemas::aisafety::ClassifyContentRequest;
use google_checks_v1alpha::schemas::repo_scan::GenerateScanRequest;
use google_checks_v1alpha::schemas::report::AnalyzeUploadRequest;
use serde_json::{Value, json};

use crate::program::{CHECKS, DRIVE, call, document, json, message, printed, run};
use crate::support::{Answer, Server, anonymous};

const OPERATION: &str = "accounts/1/apps/2/operations/3";

const APP: &str = "accounts/1/apps/2";
const REPO: &str = "accounts/1/repos/5";
const SCAN: &str = "accounts/1/repos/5/scans/7";
const REPORT: &str = "accounts/1/apps/2/reports/4";

/// Compares the request of a command line with that of a typed builder.
async fn assert_same<F: Future<Output = ()>>(words: &[&str], typed: impl FnOnce(Checks) -> F) {
    let server = Server::start([json("{}"), json("{}")]).await;
    let api = Api::new(&document(CHECKS)).unwrap();
    let flags = ["--anonymous", "--endpoint", &server.url];
    let words = [&["checks"], words, &flags].concat();
    let words = words.iter().map(OsString::from);
    discovery_cli::call(&api, words, &mut Vec::new())
        .await
        .unwrap();
    let builder = Checks::builder()
        .with_endpoint(&server.url)
        .with_credentials(anonymous());
    typed(builder.build().await.unwrap()).await;
    let [own, typed] = &server.requests()[..] else {
        panic!("{:?}", server.requests())
    };
    assert_eq!(own.line(), typed.line());
    assert_eq!(own.text(), typed.text());
    assert_eq!(own.header("content-type"), typed.header("content-type"));
}

/// Defines a test of each method.
macro_rules! same {
    ($($name:ident: [$($word:expr),+] == |$checks:ident| $call:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            assert_same(&[$($word),+], async |$checks: Checks| {
                let _ = $call.send().await;
            })
            .await;
        }
    )+};
}

same! {
    apps_get: ["accounts", "apps", "get", APP] == |checks| checks.accounts().apps().get(APP);
    apps_list: ["accounts", "apps", "list", "accounts/1", "--page-size", "5", "--fields", "apps(name)"]
        == |checks| checks.accounts().apps().list("accounts/1").fields("apps(name)").page_size(5);
    operations_cancel: ["accounts", "apps", "operations", "cancel", OPERATION]
        == |checks| checks.accounts().apps().operations().cancel(OPERATION);
    operations_delete: ["accounts", "apps", "operations", "delete", OPERATION]
        == |checks| checks.accounts().apps().operations().delete(OPERATION);
    operations_get: ["accounts", "apps", "operations", "get", OPERATION]
        == |checks| checks.accounts().apps().operations().get(OPERATION);
    operations_list: ["accounts", "apps", "operations", "list", APP, "--filter", "-done"]
        == |checks| checks.accounts().apps().operations().list(APP).filter("-done");
    operations_wait: ["accounts", "apps", "operations", "wait", OPERATION, "--async"]
        == |checks| checks.accounts().apps().operations().wait(OPERATION);
    reports_get: ["accounts", "apps", "reports", "get", REPORT, "--checks-filter=state = FAILED"]
        == |checks| checks.accounts().apps().reports().get(REPORT).checks_filter("state = FAILED");
    reports_list: ["accounts", "apps", "reports", "list", APP]
        == |checks| checks.accounts().apps().reports().list(APP);
    repos_operations_get: ["accounts", "repos", "operations", "get", "accounts/1/repos/5/operations/6"]
        == |checks| checks.accounts().repos().operations().get("accounts/1/repos/5/operations/6");
    scans_generate: ["accounts", "repos", "scans", "generate", REPO, "--async", "--set", "cliVersion=1"]
        == |checks| {
            let request = GenerateScanRequest::default().set_cli_version("1");
            checks.accounts().repos().scans().generate(REPO, request)
        };
    scans_get: ["accounts", "repos", "scans", "get", SCAN]
        == |checks| checks.accounts().repos().scans().get(SCAN);
    scans_list: ["accounts", "repos", "scans", "list", REPO, "--filter", "a = \"b\""]
        == |checks| checks.accounts().repos().scans().list(REPO).filter("a = \"b\"");
    classify_content: ["aisafety", "classify-content", "--set", "classifierVersion=LATEST"]
        == |checks| {
            let request = ClassifyContentRequest::default().set_classifier_version("LATEST");
            checks.aisafety().classify_content(request)
        };
    upload_of_metadata: ["media", "upload", APP, "--async", "--set", "codeReferenceId=5"]
        == |checks| {
            let request = AnalyzeUploadRequest::default().set_code_reference_id("5");
            checks.media().upload(APP, request)
        };
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

/// A file that is not an OAuth client, or a key, is an error of the credentials.
#[test]
fn unusable_credentials_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.json");
    std::fs::write(&file, "{}").unwrap();
    let file = file.to_str().unwrap();
    let get = ["accounts", "apps", "get", "accounts/1/apps/2"];
    for flags in [
        &["--login", file][..],
        &["--key-file", file, "--user", "ann@example.com"],
        &["--key-file", file],
    ] {
        let output = run(CHECKS, &[&get[..], flags].concat());
        let message = message(&output, 4);
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    let output = run(CHECKS, &["logout"]);
    assert_eq!(
        message(&output, 2),
        "error: --login names the file of an OAuth client\n"
    );
}
