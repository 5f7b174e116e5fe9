//! Help, and command lines of many APIs.

use std::fs;

use discovery::Document;
use discovery_cli::api::Api;

use crate::program::{CHECKS, path, printed, run};

#[test]
fn help_has_the_text_of_the_document() {
    insta::assert_snapshot!(printed(&run(CHECKS, &["--help"])));
    insta::assert_snapshot!(printed(&run(
        CHECKS,
        &["accounts", "apps", "reports", "list", "--help"]
    )));
    insta::assert_snapshot!(printed(&run(CHECKS, &["media", "upload", "-h"])));
}

#[test]
fn schemas_are_shown() {
    insta::assert_snapshot!(printed(&run(
        CHECKS,
        &["schema", "GoogleChecksReportV1alphaAppBundle"]
    )));
    let example = [
        "schema",
        "GoogleChecksRepoScanV1alphaScmMetadata",
        "--example-body",
    ];
    insta::assert_snapshot!(printed(&run(CHECKS, &example)));
    let output = run(CHECKS, &["schema", "GoogleChecksReportV1alphaReprt"]);
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("did you mean `GoogleChecksReportV1alphaReport`?")
    );
}

#[test]
fn shells_complete_methods_and_their_flags() {
    for (shell, expected) in [
        ("bash", "--checks-filter"),
        ("fish", "-l endpoint"),
        ("zsh", "--checks-filter"),
    ] {
        let output = run(CHECKS, &["completions", shell]);
        let printed = printed(&output);
        assert!(
            printed.contains(expected) && printed.contains("classifyContent"),
            "{shell}"
        );
    }
}

/// No two arguments of a method have the same name, and a description survives its own JSON.
#[test]
fn command_lines_of_published_documents_have_no_conflicts() {
    let folder = path("generator/client-tests/documents");
    let folder = std::env::var_os("DOCUMENTS").map_or(folder, Into::into);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".overlay.json") {
            continue;
        }
        let document = Document::parse(&fs::read_to_string(&path).unwrap(), None)
            .unwrap()
            .document;
        let api = Api::new(&document).unwrap();
        let text = serde_json::to_string(&api).unwrap();
        assert!(serde_json::from_str::<Api>(&text).unwrap() == api, "{name}");
        let mut command = discovery_cli::command(&api);
        command.build();
        assert_eq!(document.methods().count(), api.methods.len(), "{name}");
    }
}
