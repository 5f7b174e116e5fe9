//! Request bodies from flags.

use serde_json::{Value, json};

use crate::program::{CHECKS, DRIVE, call, json as reply, message, run};

/// Returns the body that a command sends.
async fn sent(document: &str, arguments: &[&str]) -> Value {
    let (output, requests) = call(document, arguments, [reply("{}")]).await;
    assert!(output.status.success(), "{output:?}");
    serde_json::from_str(requests[0].text()).unwrap()
}

const GENERATE: [&str; 6] = [
    "accounts",
    "repos",
    "scans",
    "generate",
    "accounts/1/repos/5",
    "--async",
];

#[tokio::test]
async fn fields_are_set_by_their_paths_and_types() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("body.json");
    std::fs::write(&file, r#"{"cliVersion": "1", "localScanPath": "p"}"#).unwrap();
    let body = format!("@{}", file.display());
    let flags = [
        "--body",
        &body,
        "--set",
        "cliVersion=2",
        "--set",
        "scmMetadata.branch=main",
        "--set",
        "cliAnalysis.codeScans[0].sourceCode.path=a.kt",
        "--set",
        "cliAnalysis.codeScans[0].sourceCode.startLine=7",
        "--set",
        "cliAnalysis.codeScans[1].sourceCode.code=null",
    ];
    let expected = json!({
        "cliVersion": "2",
        "localScanPath": "p",
        "scmMetadata": {"branch": "main"},
        "cliAnalysis": {"codeScans": [
            {"sourceCode": {"path": "a.kt", "startLine": 7}},
            {"sourceCode": {"code": null}},
        ]},
    });
    assert_eq!(
        sent(CHECKS, &[&GENERATE[..], &flags].concat()).await,
        expected
    );

    let update = [
        "files",
        "update",
        "FILE",
        "--set",
        "starred=true",
        "--set",
        "parents=a",
        "--set",
        "parents=b",
        "--set",
        "properties.env=x=y",
        "--set",
        "size=5",
    ];
    let expected = json!({
        "parents": ["a", "b"], "properties": {"env": "x=y"}, "size": "5", "starred": true,
    });
    assert_eq!(sent(DRIVE, &update).await, expected);
    assert_eq!(sent(CHECKS, &GENERATE).await, json!({}));
}

#[test]
fn mistakes_are_found_before_anything_is_sent() {
    let generate = |set: &'static str| [&GENERATE[..], &["--set", set]].concat();
    let table: [(&str, Vec<&str>, &str); 9] = [
        (
            CHECKS,
            generate("cliVersoin=1"),
            "error: --set `cliVersoin`: there is no field `cliVersoin`; did you mean `cliVersion`?\n",
        ),
        (
            CHECKS,
            generate("cliAnalysis.codeScans.sourceCode.path=x"),
            "error: --set `cliAnalysis.codeScans.sourceCode.path`: a list comes before `sourceCode`: \
             number its elements, as in NAME[0].sourceCode\n",
        ),
        (
            CHECKS,
            generate("cliAnalysis.codeScans[1].sourceCode.path=x"),
            "error: --set `cliAnalysis.codeScans[1].sourceCode.path`: element 1 would follow 0 elements\n",
        ),
        (
            CHECKS,
            generate("cliAnalysis.codeScans[0].sourceCode.startLine=x"),
            "error: --set `cliAnalysis.codeScans[0].sourceCode.startLine`: it is not a 32-bit integer\n",
        ),
        (
            CHECKS,
            generate("cliVersion"),
            "error: --set cliVersion: it is not of the form PATH=VALUE\n",
        ),
        (
            CHECKS,
            generate("cliVersion.x=1"),
            "error: --set `cliVersion.x`: a value without fields comes before `x`\n",
        ),
        (
            DRIVE,
            vec!["files", "update", "F", "--set", "starred=yes"],
            "error: --set `starred`: it is `true` or `false`\n",
        ),
        (
            DRIVE,
            vec!["files", "create", "--body", "{"],
            "error: --body: it is not JSON: EOF while parsing an object at line 1 column 1\n",
        ),
        (
            DRIVE,
            vec!["files", "create", "--body", "@missing.json"],
            "error: cannot read missing.json: No such file or directory (os error 2)\n",
        ),
    ];
    for (document, arguments, expected) in table {
        let arguments = [
            &arguments[..],
            &["--anonymous", "--endpoint", "http://127.0.0.1:1"],
        ]
        .concat();
        assert_eq!(message(&run(document, &arguments), 2), expected);
    }
}

#[test]
fn parameters_are_checked_before_anything_is_sent() {
    let list = |flag: &'static str, value: &'static str| {
        vec!["accounts", "apps", "list", "accounts/1", flag, value]
    };
    let table: [(&str, Vec<&str>, &str); 4] = [
        (
            CHECKS,
            list("--page-size", "many"),
            "it is not a 32-bit integer",
        ),
        (
            CHECKS,
            list("--page-sise", "5"),
            "a similar argument exists: '--page-size'",
        ),
        (CHECKS, vec!["accounts", "apps", "list"], "<PARENT>"),
        (
            CHECKS,
            vec!["accounts", "apps", "lists", "x"],
            "a similar subcommand exists: 'list'",
        ),
    ];
    for (document, arguments, expected) in table {
        let output = run(document, &arguments);
        let message = message(&output, 2);
        assert!(message.contains(expected), "{message}");
    }
}
