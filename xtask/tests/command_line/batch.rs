//! `cargo xtask codegen` over many documents.

use insta::assert_snapshot;
use serde_json::Value;

use crate::revisions::{add_field, later, rename_field};
use crate::sandbox::{DOCUMENT, Sandbox};

/// A workspace with the packages of many documents: `a.v1`, `b.v1` and so on.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in 'a'..='l' {
        put(&sandbox, name, DOCUMENT);
    }
    let run = sandbox.run(&["codegen"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    sandbox
}

fn put(sandbox: &Sandbox, name: char, text: &str) {
    let text = text.replace("\"tiny", &format!("\"{name}"));
    sandbox.document(&format!("{name}.v1"), &text);
}

/// The third document has a type less, the fourth one more, the fifth another revision.
fn change(sandbox: &Sandbox) {
    put(sandbox, 'c', &later(rename_field));
    put(sandbox, 'd', &later(add_field));
    put(sandbox, 'e', &later(|_| {}));
    put(sandbox, 'm', DOCUMENT);
}

#[test]
fn many_packages_are_reported_in_a_table_the_gravest_change_first() {
    let sandbox = sandbox();
    change(&sandbox);
    assert_snapshot!(sandbox.run(&["codegen"]), @"
    google-c-v1  0.1.0+20260101  0.2.0+20260202  breaking  Removed the field `name` from the type `schemas::Thing`.
    google-d-v1  0.1.0+20260101  0.1.1+20260202  additive  Added the field `size` to the type `schemas::Thing`.
    google-m-v1                  0.1.0+20260101  new

    total
    additive            1
    breaking            1
    new                 1
    revision            1
    unchanged           9

           Wrote generated/c-v1/CHANGELOG.md
           Wrote generated/c-v1/Cargo.toml
           Wrote generated/c-v1/README.md
           Wrote generated/c-v1/src/lib.rs
           Wrote generated/c-v1/src/schemas.rs
           Wrote generated/c-v1/surface.json
           Wrote generated/d-v1/CHANGELOG.md
           Wrote generated/d-v1/Cargo.toml
           Wrote generated/d-v1/README.md
           Wrote generated/d-v1/src/lib.rs
           Wrote 12 more
        Finished 22 written, 108 unchanged, 0 removed in TIME
    exit code 0
    ");
}

#[test]
fn the_report_is_also_json() {
    let sandbox = sandbox();
    change(&sandbox);
    let runs = [
        &["codegen", "--json", "--check"][..],
        &["codegen", "--json"],
    ];
    let [check, write] = runs.map(|arguments| sandbox.run(arguments));
    assert_eq!((check.code, write.code), (1, 0));
    assert_eq!(check.stdout, write.stdout);
    let report: Value = serde_json::from_str(&write.stdout).unwrap();
    assert_snapshot!(report["total"], @r#"
    {"additive":1,"breaking":1,"new":1,"revision":1,"unchanged":9}
    "#);
    assert_snapshot!(format!("{:#}", report["packages"][2]), @r#"
    {
      "class": "breaking",
      "files": 10,
      "from": "0.1.0+20260101",
      "gravest": "Removed the field `name` from the type `schemas::Thing`.",
      "methods": 1,
      "only": [],
      "package": "google-c-v1",
      "to": "0.2.0+20260202",
      "types": 1
    }
    "#);
}

#[test]
fn a_refused_document_does_not_stop_the_others_on_request() {
    let sandbox = sandbox();
    change(&sandbox);
    put(&sandbox, 'a', &DOCUMENT.replace("\"GET\"", "\"GOT\""));
    sandbox.document("b.v1", "{\n  \"kind\":");
    let before = sandbox.tree();
    assert_eq!(sandbox.run(&["codegen"]).code, 1);
    assert_eq!(sandbox.tree(), before);

    let run = sandbox.run(&["codegen", "--keep-going"]);
    assert_eq!(run.code, 1);
    assert_snapshot!(run, @r#"
    a.v1                                         refused   discovery/documents/a.v1.json:30:25: error: `GOT` is not a known value
    b.v1                                         refused   discovery/documents/b.v1.json:2:9: error: the text is not JSON: EOF while parsing a value
    google-c-v1  0.1.0+20260101  0.2.0+20260202  breaking  Removed the field `name` from the type `schemas::Thing`.
    google-d-v1  0.1.0+20260101  0.1.1+20260202  additive  Added the field `size` to the type `schemas::Thing`.
    google-m-v1                  0.1.0+20260101  new

    total
    additive            1
    breaking            1
    new                 1
    refused             2
    revision            1
    unchanged           7

           Wrote generated/c-v1/CHANGELOG.md
           Wrote generated/c-v1/Cargo.toml
           Wrote generated/c-v1/README.md
           Wrote generated/c-v1/src/lib.rs
           Wrote generated/c-v1/src/schemas.rs
           Wrote generated/c-v1/surface.json
           Wrote generated/d-v1/CHANGELOG.md
           Wrote generated/d-v1/Cargo.toml
           Wrote generated/d-v1/README.md
           Wrote generated/d-v1/src/lib.rs
           Wrote 12 more
        Finished 22 written, 88 unchanged, 0 removed in TIME
    error: `GOT` is not a known value
      --> discovery/documents/a.v1.json:30:25
       |
    30 |           "httpMethod": "GOT",
       |                         ^^^^^
       |
       = note: at /resources/things/methods/get/httpMethod
       = help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    error: the text is not JSON: EOF while parsing a value
     --> discovery/documents/b.v1.json:2:9
      |
    2 |   "kind":
      |         ^
      |
      = help: use the file as it was published

    error: 2 documents refused, the packages of the others are current
       discovery/documents/a.v1.json
       discovery/documents/b.v1.json
       = help: the problems are above; their packages are as they were

    exit code 1
    "#);
    for kept in ["generated/a-v1", "generated/b-v1"] {
        let is_in = |path: &std::path::Path| path.starts_with(sandbox.path(kept));
        let files = |tree: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
            let files = tree.iter().filter(|(path, _)| is_in(path));
            files
                .map(|(path, text)| (path.clone(), text.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(files(&sandbox.tree()), files(&before));
    }
    let manifest = sandbox.read("generated/c-v1/Cargo.toml");
    assert!(
        manifest.contains("version = \"0.2.0+20260202\""),
        "{manifest}"
    );
}

/// A package that was edited, removed or joined by other files is not skipped.
#[test]
fn what_has_not_changed_is_not_generated_again() {
    let sandbox = sandbox();
    let unchanged = |sandbox: &Sandbox| {
        let run = sandbox.run(&["codegen", "--json", "--check"]);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        (run.code, report["files"]["unchanged"].as_u64().unwrap())
    };
    let whole = unchanged(&sandbox);
    assert_eq!(whole.0, 0);
    let path = "generated/a-v1/src/lib.rs";
    let lib = sandbox.read(path);
    sandbox.write(path, &lib.replacen("//!", "//! Edited.\n//!", 1));
    assert_eq!(unchanged(&sandbox), (1, whole.1 - 1));
    sandbox.write(path, &lib);
    assert_eq!(unchanged(&sandbox), whole);
    sandbox.write("generated/a-v1/notes.txt", "mine");
    assert_eq!(unchanged(&sandbox).0, 1);
    sandbox.remove("generated/a-v1/notes.txt");
    sandbox.write("target/xtask-codegen.json", "{");
    assert_eq!(unchanged(&sandbox), whole);
    sandbox.write(
        "discovery/documents/a.v1.overlay.json",
        r#"{"title": "Other"}"#,
    );
    assert_eq!(unchanged(&sandbox).0, 1);
}
