//! `cargo xtask codegen`: what it prints, writes and returns.

use std::fs;

use insta::assert_snapshot;

use crate::sandbox::{DOCUMENT, Sandbox};

#[test]
fn writes_what_changed_and_says_so() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    let first = sandbox.run(&["codegen"]);
    assert_snapshot!(first, @"
       Generated google-tiny-v1: 1 method, 1 schema, 7 files
           Wrote generated/tiny-v1/CHANGELOG.md
           Wrote generated/tiny-v1/Cargo.toml
           Wrote generated/tiny-v1/README.md
           Wrote generated/tiny-v1/examples/quickstart.rs
           Wrote generated/tiny-v1/src/lib.rs
           Wrote generated/tiny-v1/src/schemas.rs
           Wrote generated/tiny-v1/src/things.rs
        Finished 7 written, 0 unchanged, 0 removed in TIME
    exit code 0
    ");
    assert!(
        sandbox
            .read("generated/tiny-v1/Cargo.toml")
            .contains(r#"path = "../../generator/runtime""#)
    );

    assert_snapshot!(sandbox.run(&["codegen"]), @"
       Generated google-tiny-v1: 1 method, 1 schema, 7 files
        Finished 7 files up to date in TIME
    exit code 0
    ");
    assert_snapshot!(sandbox.run(&["codegen", "--check"]), @"
         Checked google-tiny-v1: 1 method, 1 schema, 7 files
        Finished 7 files up to date in TIME
    exit code 0
    ");
}

#[test]
fn check_names_every_difference_and_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.run(&["codegen"]);
    sandbox.remove("generated/tiny-v1/README.md");
    let lib = sandbox.read("generated/tiny-v1/src/lib.rs");
    sandbox.write(
        "generated/tiny-v1/src/lib.rs",
        &lib.replacen("//!", "//! Edited.\n//!", 1),
    );
    sandbox.write("generated/tiny-v1/src/old.rs", &lib);
    sandbox.write("generated/tiny-v1/notes.txt", "mine");
    let before = sandbox.tree();

    let check = sandbox.run(&["codegen", "--check"]);
    assert_eq!(sandbox.tree(), before);
    assert_snapshot!(check, @"
    error: generated is not what the generator makes
       missing  generated/tiny-v1/README.md
       differs  generated/tiny-v1/src/lib.rs:4
                - //! Edited.
       stale    generated/tiny-v1/src/old.rs
       foreign  generated/tiny-v1/notes.txt was not written by codegen
       = note: `-` is on the disk, `+` is what the generator makes
       = help: move what codegen did not write elsewhere, then run `cargo xtask codegen`

    exit code 1
    ");

    assert_snapshot!(sandbox.run(&["codegen"]), @"
    error: generated holds what codegen did not write
       generated/tiny-v1/notes.txt was not written by codegen
       = note: nothing was touched
       = help: move it elsewhere, or generate into another folder

    exit code 1
    ");
    assert_eq!(sandbox.tree(), before);

    sandbox.remove("generated/tiny-v1/notes.txt");
    assert_snapshot!(sandbox.run(&["codegen"]), @"
       Generated google-tiny-v1: 1 method, 1 schema, 7 files
           Wrote generated/tiny-v1/README.md
           Wrote generated/tiny-v1/src/lib.rs
         Removed generated/tiny-v1/src/old.rs
        Finished 2 written, 5 unchanged, 1 removed in TIME
    exit code 0
    ");
    assert_eq!(sandbox.run(&["codegen", "--check"]).code, 0);
}

#[test]
fn a_removed_document_takes_its_package_along() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.document("tiny.v2", &DOCUMENT.replace("v1", "v2"));
    sandbox.run(&["codegen"]);
    assert!(sandbox.exists("generated/tiny-v2/Cargo.toml"));
    sandbox.remove("discovery/documents/tiny.v2.json");
    assert_eq!(sandbox.run(&["codegen", "--check"]).code, 1);
    let run = sandbox.run(&["codegen"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(sandbox.exists("generated/tiny-v1") && !sandbox.exists("generated/tiny-v2"));
}

#[test]
fn build_output_of_a_package_that_is_gone_is_told() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.document("tiny.v2", &DOCUMENT.replace("v1", "v2"));
    sandbox.run(&["codegen"]);
    sandbox.write("generated/tiny-v2/target/debug/x", "");
    sandbox.remove("discovery/documents/tiny.v2.json");
    assert_snapshot!(sandbox.run(&["codegen"]).stderr, @"
    warning: generated/tiny-v2 holds build output of a package that is gone
       = help: remove it: cargo takes the folder for a package
    ");
}

#[test]
fn all_problems_of_all_documents_come_with_their_place_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    sandbox.document("good.v1", &DOCUMENT.replace("tiny", "good"));
    let bad = DOCUMENT
        .replace("\"GET\"", "\"GOT\"")
        .replace("\"$ref\": \"Thing\"", "\"$ref\": \"Thong\"");
    sandbox.document("tiny.v1", &bad);
    sandbox.document("torn.v1", "{\n  \"kind\": ");
    let run = sandbox.run(&["codegen"]);
    assert_snapshot!(run, @"
    error: `GOT` is not one of the values known here
      --> discovery/documents/tiny.v1.json:30:25
       = note: at /resources/things/methods/get/httpMethod
       = help: known are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    error: `$ref` names the schema `Thong`, which the document does not have
      --> discovery/documents/tiny.v1.json:45:23
       = note: at /resources/things/methods/get/response
       = help: correct the name, or add the schema to `schemas`

    error: the text is not JSON: EOF while parsing a value at line 2 column 10
      --> discovery/documents/torn.v1.json
       = help: use the file as it was published

    error: 3 errors, nothing written

    exit code 1
    ");
    assert!(!sandbox.exists("generated"));
}

#[test]
fn problems_of_an_overlay_name_the_overlay() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.write(
        "discovery/documents/tiny.v1.overlay.json",
        "{\n  \"schemas\": {\"Gone\": null}\n}\n",
    );
    assert_snapshot!(sandbox.run(&["codegen"]), @"
    error: removes what the document does not have
      --> discovery/documents/tiny.v1.overlay.json:2:23
       = note: at /schemas/Gone
       = help: the document has changed: remove the entry, or correct it

    error: 1 error, nothing written

    exit code 1
    ");
}

#[test]
fn warnings_do_not_stop_the_work() {
    let sandbox = Sandbox::new();
    sandbox.document(
        "tiny.v1",
        &DOCUMENT.replace("\"title\"", "\"novelty\": 1,\n  \"title\""),
    );
    let run = sandbox.run(&["codegen"]);
    assert_eq!(run.code, 0);
    assert_snapshot!(run.stderr, @"
    warning: the key `novelty` is not known in a document
      --> discovery/documents/tiny.v1.json:8:14
       = note: at /novelty
       = help: nothing is made of it; see whether the API has grown something new
    ");
}

#[test]
fn documents_are_found_by_their_names() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["codegen"]), @"
    error: discovery/documents has no document
       = help: add one: NAME.VERSION.json

    error: 1 error, nothing written

    exit code 1
    ");
    sandbox.write("discovery/documents/README.md", "No document.");
    sandbox.document("other.v1", DOCUMENT);
    assert_snapshot!(sandbox.run(&["codegen"]), @"
    error: discovery/documents/other.v1.json describes tiny v1
       = help: rename it to tiny.v1.json

    error: 1 error, nothing written

    exit code 1
    ");
    sandbox.write("discovery/documents/gone.v1.overlay.json", "{}");
    assert_snapshot!(sandbox.run(&["codegen"]), @"
    error: discovery/documents/gone.v1.overlay.json corrects gone.v1.json, which is not there
       = help: rename the overlay like its document, or remove it

    error: discovery/documents/other.v1.json describes tiny v1
       = help: rename it to tiny.v1.json

    error: 2 errors, nothing written

    exit code 1
    ");
}

#[test]
fn one_document_goes_to_any_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.json", DOCUMENT);
    let elsewhere = tempfile::tempdir().unwrap();
    let out = elsewhere.path().join("a/crate");
    let run = sandbox.run(&[
        "codegen",
        "--document",
        "in/tiny.json",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    let start = manifest.find("path = \"").unwrap() + "path = \"".len();
    let runtime = manifest[start..].split('"').next().unwrap();
    assert!(runtime.starts_with("../../"), "{runtime}");
    assert_eq!(
        out.join(runtime).canonicalize().unwrap(),
        sandbox.path("generator/runtime").canonicalize().unwrap()
    );
}

/// Inside this workspace cargo would take the package for a forgotten member.
#[test]
fn a_package_in_the_target_folder_is_a_workspace_of_its_own() {
    let sandbox = Sandbox::new();
    sandbox.cargo_workspace(&["generator/runtime"]);
    sandbox.write("in/tiny.json", DOCUMENT);
    let run = sandbox.run(&[
        "codegen",
        "--document",
        "in/tiny.json",
        "--out",
        "target/try/tiny",
    ]);
    assert_snapshot!(run, @"
       Generated google-tiny-v1: 1 method, 1 schema, 7 files
           Wrote target/try/tiny/CHANGELOG.md
           Wrote target/try/tiny/Cargo.toml
           Wrote target/try/tiny/README.md
           Wrote target/try/tiny/examples/quickstart.rs
           Wrote target/try/tiny/src/lib.rs
           Wrote target/try/tiny/src/schemas.rs
           Wrote target/try/tiny/src/things.rs
        Finished 7 written, 0 unchanged, 0 removed in TIME
    exit code 0
    ");
    sandbox.check_workspace("target/try/tiny");
}

#[test]
fn the_command_that_mends_has_the_same_arguments() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.json", DOCUMENT);
    sandbox.write("in/tiny.overlay.json", r#"{"title": "Small API"}"#);
    let arguments = ["codegen", "--document", "in/tiny.json", "--out", "my crate"];
    let check = |more: &[&str]| sandbox.run(&[&arguments[..], &["--check"], more].concat());
    assert_snapshot!(check(&["--overlay", "in/tiny.overlay.json"]), @"
    error: my crate is not what the generator makes
       missing  my crate/CHANGELOG.md
       missing  my crate/Cargo.toml
       missing  my crate/README.md
       missing  my crate/examples/quickstart.rs
       missing  my crate/src/lib.rs
       missing  my crate/src/schemas.rs
       missing  my crate/src/things.rs
       = help: run `cargo xtask codegen --document in/tiny.json --overlay in/tiny.overlay.json --out 'my crate'`

    exit code 1
    ");
    assert_snapshot!(check(&[]).stderr, @"
    warning: in/tiny.overlay.json is not applied
       = help: if it should be, add `--overlay in/tiny.overlay.json`

    error: my crate is not what the generator makes
       missing  my crate/CHANGELOG.md
       missing  my crate/Cargo.toml
       missing  my crate/README.md
       missing  my crate/examples/quickstart.rs
       missing  my crate/src/lib.rs
       missing  my crate/src/schemas.rs
       missing  my crate/src/things.rs
       = help: run `cargo xtask codegen --document in/tiny.json --out 'my crate'`
    ");
}

#[test]
fn the_folder_of_committed_packages_is_no_place_for_others() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.json", DOCUMENT);
    let run = sandbox.run(&[
        "codegen",
        "--document",
        "in/tiny.json",
        "--out",
        "generated/x",
    ]);
    assert_snapshot!(run, @"
    error: generated/x belongs to the documents of this workspace
       = help: give another folder to --out, or put the document into discovery/documents

    exit code 1
    ");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write("latin1.json", "");
    fs::write(sandbox.path("latin1.json"), b"{\"title\": \"\xe9\"}").unwrap();
    for document in ["nowhere.json", "latin1.json"] {
        let run = sandbox.run(&["codegen", "--document", document, "--out", "out"]);
        assert_eq!(run.code, 1);
        assert!(
            run.stderr
                .starts_with(&format!("error: cannot read {document}: ")),
            "{}",
            run.stderr
        );
    }
}
