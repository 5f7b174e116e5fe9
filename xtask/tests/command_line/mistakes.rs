//! Files, addresses and folders that are easily mistaken for others.

use insta::assert_snapshot;

use crate::revisions::{add_field, later};
use crate::sandbox::{DOCUMENT, Run, Sandbox};

fn codegen(sandbox: &Sandbox, document: &str) -> Run {
    sandbox.run(&["codegen", "--document", document, "--out", "out"])
}

#[test]
fn files_that_are_not_documents_are_recognised() {
    let sandbox = Sandbox::new();
    sandbox.write("openapi.json", "{\"openapi\": \"3.1.0\"}");
    sandbox.write("openapi.yaml", "openapi: 3.1.0\n");
    sandbox.write(
        "saved.json",
        "{\"error\": {\"code\": 404, \"message\": \"Gone.\"}}",
    );
    let said = ["openapi.json", "openapi.yaml", "saved.json"].map(|document| {
        let run = codegen(&sandbox, document);
        assert_eq!(run.code, 1, "{run}");
        run.stderr
    });
    assert_snapshot!(said.concat(), @"
    error: the file is an OpenAPI description (version 3.1.0), not a Discovery document
      --> openapi.json
       = help: `cargo xtask fetch NAME VERSION` gets the Discovery document of an API

    error: 1 error, nothing written

    error: the file is an OpenAPI description in YAML, not a Discovery document
      --> openapi.yaml
       = help: `cargo xtask fetch NAME VERSION` gets the Discovery document of an API

    error: 1 error, nothing written

    error: the file is the error 404 of a server: Gone., not a Discovery document
      --> saved.json
       = help: `cargo xtask fetch NAME VERSION` gets the Discovery document of an API

    error: 1 error, nothing written
    ");
    assert!(!sandbox.exists("out"));
}

#[test]
fn arguments_that_are_not_files_are_explained() {
    let sandbox = Sandbox::new();
    sandbox.write("drive.v3.json", DOCUMENT);
    let arguments = [
        &["codegen", "--document", "drive.v3", "--out", "out"][..],
        &["codegen", "--document", "drive.v3"],
        &["codegen", "--document", "gmail.v1", "--out", "out"],
        &["codegen", "--document", "gmail.v1.json"],
        &["codegen", "--document", "nowhere", "--out", "out"],
        &[
            "codegen",
            "--document",
            "https://me:pw@example.com/rest?key=AIza",
        ],
        &["diff", "drive.v3", "drive.v3.json"],
    ];
    let said = arguments.map(|arguments| {
        let run = sandbox.run(arguments);
        assert_eq!(run.code, 1, "{run}");
        run.stderr
    });
    assert_snapshot!(said.concat(), @"
    error: there is no file drive.v3
       = help: did you mean `drive.v3.json`?

    error: there is no file drive.v3
       = help: did you mean `drive.v3.json`?

    error: there is no file gmail.v1
       = help: `cargo xtask fetch gmail v1` saves it as discovery/documents/gmail.v1.json

    error: there is no file gmail.v1.json
       = help: `cargo xtask fetch gmail v1` saves it as discovery/documents/gmail.v1.json

    error: there is no file nowhere

    error: a document is a file, not an address
       = help: `cargo xtask fetch NAME VERSION --url URL` saves the document at an address

    error: there is no file drive.v3
       = help: did you mean `drive.v3.json`?
    ");
}

#[test]
fn a_folder_inside_a_generated_package_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("tiny.json", DOCUMENT);
    assert_eq!(codegen(&sandbox, "tiny.json").code, 0);
    let before = sandbox.tree();
    for out in ["out/src", "out/src/deeper"] {
        let run = sandbox.run(&["codegen", "--document", "tiny.json", "--out", out]);
        assert_eq!(run.code, 1, "{run}");
        assert_eq!(sandbox.tree(), before);
        if out == "out/src" {
            assert_snapshot!(run.stderr, @"
            error: out/src is inside the package out
               = note: codegen removes generated files that it does not expect, and would empty it
               = help: give --out the folder of the package itself, or one outside of it
            ");
        }
    }
}

#[test]
fn an_older_document_that_was_copied_in_by_hand_is_reported() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", &later(add_field));
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    sandbox.document("tiny.v1", DOCUMENT);
    let check = sandbox.run(&["codegen", "--check"]);
    assert!(check.stderr.contains("older"), "{check}");
    let run = sandbox.run(&["codegen"]);
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run.stderr, @"
    warning: google-tiny-v1: the document has the revision 20260101, which is older than the previous 20260202
       = note: what the older document lacks is removed from the client
       = help: if that is a mistake, restore the document and the package
    ");
}

#[test]
fn conflicts_of_a_merge_are_recognised() {
    let conflict = |text: &str| {
        let middle = text.find("0.1.0").unwrap();
        let start = text[..middle].rfind('\n').unwrap() + 1;
        let (before, after) = text.split_at(start);
        format!("{before}<<<<<<< HEAD\n{after}=======\nother\n>>>>>>> branch\n")
    };
    let said = ["CHANGELOG.md", "Cargo.toml"].map(|file| {
        let sandbox = Sandbox::new();
        sandbox.document("tiny.v1", DOCUMENT);
        assert_eq!(sandbox.run(&["codegen"]).code, 0);
        let path = format!("generated/tiny-v1/{file}");
        sandbox.write(&path, &conflict(&sandbox.read(&path)));
        sandbox.document("tiny.v1", &later(add_field));
        let before = sandbox.tree();
        let run = sandbox.run(&["codegen"]);
        assert_eq!(run.code, 1, "{run}");
        assert_eq!(sandbox.tree(), before);
        run.stderr
    });
    assert_snapshot!(said.concat(), @"
    error: the file has a conflict of a merge
      --> generated/tiny-v1/CHANGELOG.md:8
       = help: take the package of one side (`git checkout --ours generated/tiny-v1` or `--theirs`), and run codegen again: it adds what the document has

    error: 1 error, nothing written

    error: the file has a conflict of a merge
      --> generated/tiny-v1/Cargo.toml:6
       = help: take the package of one side (`git checkout --ours generated/tiny-v1` or `--theirs`), and run codegen again: it adds what the document has

    error: 1 error, nothing written
    ");
}

#[test]
fn a_changelog_that_was_deleted_is_reported() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", &later(add_field));
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    sandbox.remove("generated/tiny-v1/CHANGELOG.md");
    let run = sandbox.run(&["codegen"]);
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run.stderr, @"
    warning: generated/tiny-v1/CHANGELOG.md is missing: the history of the package begins again
       = help: if it was deleted by mistake: `git restore generated/tiny-v1/CHANGELOG.md`
    ");
    assert_eq!(sandbox.run(&["codegen"]).stderr, "");
}

#[test]
fn a_package_that_was_deleted_is_reported() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    assert_eq!(sandbox.run(&["codegen"]).stderr, "");
    sandbox.commit();
    std::fs::remove_dir_all(sandbox.path("generated/tiny-v1")).unwrap();
    let run = sandbox.run(&["codegen"]);
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run.stderr, @"
    warning: generated/tiny-v1 was deleted, and its versions begin again
       = help: to continue them: `git restore generated/tiny-v1`, and run codegen again
    ");
    sandbox.document("tiny.v2", &DOCUMENT.replace("v1", "v2"));
    assert_eq!(sandbox.run(&["codegen"]).stderr, "", "a new one is not");
}
