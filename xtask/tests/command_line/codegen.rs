//! `cargo xtask codegen`: output, files and exit code.

use std::fs;

use insta::assert_snapshot;

use crate::sandbox::{DOCUMENT, Sandbox};

#[test]
fn writes_what_changed_and_says_so() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    let first = sandbox.run(&["codegen"]);
    assert_snapshot!(first, @"
       Generated google-tiny-v1: 1 method, 1 type, 10 files
           Wrote generated/tiny-v1/CHANGELOG.md
           Wrote generated/tiny-v1/Cargo.toml
           Wrote generated/tiny-v1/LICENSE-APACHE
           Wrote generated/tiny-v1/LICENSE-MIT
           Wrote generated/tiny-v1/README.md
           Wrote generated/tiny-v1/examples/quickstart.rs
           Wrote generated/tiny-v1/src/lib.rs
           Wrote generated/tiny-v1/src/schemas.rs
           Wrote generated/tiny-v1/src/things.rs
           Wrote generated/tiny-v1/surface.json
        Finished 10 written, 0 unchanged, 0 removed in TIME
    exit code 0
    ");
    assert!(
        sandbox
            .read("generated/tiny-v1/Cargo.toml")
            .contains(r#"path = "../../generator/runtime""#)
    );

    assert_snapshot!(sandbox.run(&["codegen"]), @"
       Unchanged google-tiny-v1: 1 method, 1 type, 10 files
        Finished 10 files up to date in TIME
    exit code 0
    ");
    assert_snapshot!(sandbox.run(&["codegen", "--check"]), @"
       Unchanged google-tiny-v1: 1 method, 1 type, 10 files
        Finished 10 files up to date in TIME
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
    error: generated is not up to date
       missing  generated/tiny-v1/README.md
       differs  generated/tiny-v1/src/lib.rs:4
                - //! Edited.
       stale    generated/tiny-v1/src/old.rs
       foreign  generated/tiny-v1/notes.txt was not written by codegen
       = note: `-` is on the disk, `+` is generated
       = help: move files that codegen did not write elsewhere, then run `cargo xtask codegen`

    exit code 1
    ");

    assert_snapshot!(sandbox.run(&["codegen"]), @"
    error: generated holds files that codegen did not write
       generated/tiny-v1/notes.txt was not written by codegen
       = note: nothing was touched
       = help: move them elsewhere, or generate into another folder

    exit code 1
    ");
    assert_eq!(sandbox.tree(), before);

    sandbox.remove("generated/tiny-v1/notes.txt");
    assert_snapshot!(sandbox.run(&["codegen"]), @"
       Generated google-tiny-v1: 1 method, 1 type, 10 files
           Wrote generated/tiny-v1/README.md
           Wrote generated/tiny-v1/src/lib.rs
         Removed generated/tiny-v1/src/old.rs
        Finished 2 written, 8 unchanged, 1 removed in TIME
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
fn build_output_of_a_removed_package_is_reported() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.document("tiny.v2", &DOCUMENT.replace("v1", "v2"));
    sandbox.run(&["codegen"]);
    sandbox.write("generated/tiny-v2/target/debug/x", "");
    sandbox.remove("discovery/documents/tiny.v2.json");
    assert_snapshot!(sandbox.run(&["codegen"]).stderr, @"
    warning: generated/tiny-v2 holds build output of a removed package
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
    sandbox.document("torn.v1", "{\n  \"kind\":");
    let run = sandbox.run(&["codegen"]);
    assert_snapshot!(run, @r#"
    error: `GOT` is not a known value
      --> discovery/documents/tiny.v1.json:30:25
       |
    30 |           "httpMethod": "GOT",
       |                         ^^^^^
       |
       = note: at /resources/things/methods/get/httpMethod
       = help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    error: `$ref` names the schema `Thong`, which the document does not have
      --> discovery/documents/tiny.v1.json:45:23
       |
    45 |           "response": {
       |                       ^
       |
       = note: at /resources/things/methods/get/response
       = help: correct the name, or add the schema to `schemas`

    error: the text is not JSON: EOF while parsing a value
     --> discovery/documents/torn.v1.json:2:9
      |
    2 |   "kind":
      |         ^
      |
      = help: use the file as it was published

    error: 3 errors, nothing written

    exit code 1
    "#);
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
    assert_snapshot!(sandbox.run(&["codegen"]), @r#"
    error: removes what the document does not have
     --> discovery/documents/tiny.v1.overlay.json:2:23
      |
    2 |   "schemas": {"Gone": null}
      |                       ^^^^
      |
      = note: at /schemas/Gone
      = help: the document has changed: remove the entry, or correct it

    error: 1 error, nothing written

    exit code 1
    "#);
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
    assert_snapshot!(run.stderr, @r#"
    warning: the key `novelty` is not known in a document
     --> discovery/documents/tiny.v1.json:8:14
      |
    8 |   "novelty": 1,
      |              ^
      |
      = note: at /novelty
      = help: it is ignored; check whether the API has a new feature
    "#);
    let again = sandbox.run(&["codegen"]);
    assert!(again.stdout.contains("Unchanged"), "{again}");
    assert_eq!(again.stderr, run.stderr);
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

/// Inside this workspace cargo would take the package for a forgotten member.
#[test]
fn a_package_in_the_target_folder_is_no_member() {
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
       Generated google-tiny-v1: 1 method, 1 type, 10 files
           Wrote target/try/tiny/CHANGELOG.md
           Wrote target/try/tiny/Cargo.toml
           Wrote target/try/tiny/LICENSE-APACHE
           Wrote target/try/tiny/LICENSE-MIT
           Wrote target/try/tiny/README.md
           Wrote target/try/tiny/examples/quickstart.rs
           Wrote target/try/tiny/src/lib.rs
           Wrote target/try/tiny/src/schemas.rs
           Wrote target/try/tiny/src/things.rs
           Wrote target/try/tiny/surface.json
        Finished 10 written, 0 unchanged, 0 removed in TIME
    exit code 0
    ");
    sandbox.check_workspace("target/try/tiny");
}

#[test]
fn the_command_in_the_help_has_the_same_arguments() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.json", DOCUMENT);
    sandbox.write("in/tiny.overlay.json", r#"{"title": "Small API"}"#);
    let arguments = ["codegen", "--document", "in/tiny.json", "--out", "my crate"];
    let check = |more: &[&str]| sandbox.run(&[&arguments[..], &["--check"], more].concat());
    assert_snapshot!(check(&["--overlay", "in/tiny.overlay.json"]), @"
    error: my crate is not up to date
       missing  my crate/CHANGELOG.md
       missing  my crate/Cargo.toml
       missing  my crate/LICENSE-APACHE
       missing  my crate/LICENSE-MIT
       missing  my crate/README.md
       missing  my crate/examples/quickstart.rs
       missing  my crate/src/lib.rs
       missing  my crate/src/schemas.rs
       missing  my crate/src/things.rs
       missing  my crate/surface.json
       = help: run `cargo xtask codegen --document in/tiny.json --overlay in/tiny.overlay.json --out 'my crate'`

    exit code 1
    ");
    assert_snapshot!(check(&[]).stderr, @"
    warning: in/tiny.overlay.json is not applied
       = help: if it should be, add `--overlay in/tiny.overlay.json`

    error: my crate is not up to date
       missing  my crate/CHANGELOG.md
       missing  my crate/Cargo.toml
       missing  my crate/LICENSE-APACHE
       missing  my crate/LICENSE-MIT
       missing  my crate/README.md
       missing  my crate/examples/quickstart.rs
       missing  my crate/src/lib.rs
       missing  my crate/src/schemas.rs
       missing  my crate/src/things.rs
       missing  my crate/surface.json
       = help: run `cargo xtask codegen --document in/tiny.json --out 'my crate'`
    ");
}

#[test]
fn the_folder_of_committed_packages_is_reserved() {
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
    let utf16: Vec<u8> = "\u{feff}{}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(sandbox.path("latin1.json"), b"{\n  \"title\": \"\xe9\"}").unwrap();
    fs::write(sandbox.path("utf16.json"), utf16).unwrap();
    fs::write(sandbox.path("mark.json"), format!("\u{feff}{DOCUMENT}")).unwrap();
    let documents = ["nowhere.json", "latin1.json", "utf16.json", "mark.json"];
    let said = documents.map(|document| {
        let run = sandbox.run(&["codegen", "--document", document, "--out", "out"]);
        assert_eq!(run.code, 1);
        run.stderr
    });
    assert_snapshot!(said.concat(), @r#"
    error: there is no file nowhere.json

    error: the byte 0xE9 is not UTF-8
     --> latin1.json:2:13
      |
    2 |   "title": "�"}
      |             ^
      |
      = help: save the file as UTF-8

    error: 1 error, nothing written

    error: the text is UTF-16, but JSON must be UTF-8
     --> utf16.json:1:1
      |
    1 | ��{/u{0}}/u{0}
      | ^
      |
      = help: save the file as UTF-8; `>` of Windows PowerShell writes UTF-16

    error: 1 error, nothing written

    error: the text begins with a byte order mark
     --> mark.json:1:1
      |
    1 | /u{feff}{
      | ^^^^^^^^
      |
      = help: save it as UTF-8 without the mark

    error: 1 error, nothing written
    "#);
}

/// Neither a device nor a large file is read to its end.
#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_read_to_it() {
    let sandbox = Sandbox::new();
    let arguments = ["codegen", "--document", "/dev/zero", "--out", "out"];
    assert_snapshot!(sandbox.run_under("ulimit -v 1000000", &arguments), @"
    error: /dev/zero has more than 64 MiB
       = help: Google's largest document has 6 MiB

    error: 1 error, nothing written

    exit code 1
    ");
    sandbox.write("tiny.json", DOCUMENT);
    let overlay = [
        "codegen",
        "--document",
        "tiny.json",
        "--overlay",
        "/dev/zero",
        "--out",
        "out",
    ];
    assert_eq!(sandbox.run_under("ulimit -v 1000000", &overlay).code, 1);
}

/// Each of its values takes a hundred times as much memory as text.
#[cfg(unix)]
#[test]
fn a_document_of_many_small_values_is_not_built() {
    let sandbox = Sandbox::new();
    let values = "{\"\":0},".repeat((20 << 20) / 7);
    let text = DOCUMENT.replacen('{', &format!("{{\"labels\": [{values}0],"), 1);
    sandbox.write("large.json", &text);
    let arguments = ["codegen", "--document", "large.json", "--out", "out"];
    let run = sandbox.run_under("ulimit -v 1000000", &arguments);
    assert_snapshot!(run.stderr, @r#"
    error: the text has more than the 1000000 values allowed
     --> large.json:1:3500006
      |
    1 | …:0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":0},{"":…
      |                                                              ^
      |
      = help: Google's largest document has about 100,000

    error: 1 error, nothing written
    "#);
}

#[test]
fn a_document_may_be_named_from_its_own_folder() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    let folder = "discovery/documents";
    let run = sandbox.run_in(folder, &["codegen", "--document", "tiny.v1.json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    assert!(sandbox.exists("generated/tiny-v1/Cargo.toml"));
    let out = [
        "codegen",
        "--document",
        "tiny.v1.json",
        "--out",
        "../../target/tiny",
    ];
    let run = sandbox.run_in(folder, &out);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    assert!(sandbox.exists("target/tiny/Cargo.toml"));
}

#[test]
fn two_documents_do_not_share_a_package() {
    let sandbox = Sandbox::new();
    let document = |name: &str, version: &str| {
        let text = DOCUMENT.replace("\"tiny:v1\"", &format!("\"{name}:{version}\""));
        let text = text.replace("\"name\": \"tiny\"", &format!("\"name\": \"{name}\""));
        let text = text.replace(
            "\"version\": \"v1\"",
            &format!("\"version\": \"{version}\""),
        );
        sandbox.document(&format!("{name}.{version}"), &text);
    };
    document("a-b", "c");
    document("a", "b-c");
    let run = sandbox.run(&["codegen"]);
    assert_snapshot!(run, @"
    error: discovery/documents/a-b.c.json and discovery/documents/a.b-c.json would both become the package `a-b-c`
       = help: move one of them elsewhere, and name the folder of its package: `--document FILE --out DIR`

    error: 1 error, nothing written

    exit code 1
    ");
    assert!(!sandbox.exists("generated"));
}

/// A problem in a value that the overlay set is reported in the overlay.
#[test]
fn problems_of_overlay_values_name_the_overlay() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    let overlay = "{\n  \"resources\": {\"things\": {\"methods\": {\"get\": {\"parameters\": {\"name\": {\n    \
                   \"pattern\": \"^(?=x)$\"\n  }}}}}}\n}\n";
    sandbox.write("discovery/documents/tiny.v1.overlay.json", overlay);
    let codegen = sandbox.run(&["codegen"]);
    assert_snapshot!(codegen.stderr, @r#"
    warning: the pattern is not checked: look-around is not supported
     --> discovery/documents/tiny.v1.overlay.json:3:16
      |
    3 |     "pattern": "^(?=x)$"
      |                ^^^^^^^^^
      |
      = note: at /resources/things/methods/get/parameters/name/pattern
    "#);
    sandbox.write("old.json", DOCUMENT);
    let diff = sandbox.run(&["diff", "old.json", "discovery/documents/tiny.v1.json"]);
    assert_eq!(diff.stderr, codegen.stderr);
}

/// A name as long as the text is not repeated in full, and what would turn the line around is shown.
#[test]
fn messages_are_short_and_plain() {
    let sandbox = Sandbox::new();
    let name = format!("\u{202e}{}", "x".repeat(1 << 20));
    sandbox.document(
        "tiny.v1",
        &DOCUMENT.replacen('{', &format!("{{\"{name}\": 1,"), 1),
    );
    let run = sandbox.run(&["codegen"]);
    assert_eq!(run.code, 0);
    assert_snapshot!(run.stderr, @r#"
    warning: the key `/u{202e}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` is not known in a document
     --> discovery/documents/tiny.v1.json:1:1048583
      |
    1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": 1,
      |                                                              ^
      |
      = note: at //u{202e}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      = help: it is ignored; check whether the API has a new feature
    "#);
}
