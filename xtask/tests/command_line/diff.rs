//! `cargo xtask diff`: what it reads, prints and returns.

use insta::assert_snapshot;
use serde_json::Value;

use crate::revisions::{add_field, later, rename_field};
use crate::sandbox::{DOCUMENT, Sandbox};

fn sandbox(edit: impl FnOnce(&mut Value)) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("old.json", DOCUMENT);
    sandbox.write("new.json", &later(edit));
    sandbox
}

#[test]
fn the_exit_code_tells_the_class() {
    let diff = |sandbox: Sandbox| sandbox.run(&["diff", "old.json", "new.json"]);
    assert_snapshot!(diff(sandbox(|_| {})), @"
    google-tiny-v1, revision 20260101 -> 20260202: nothing but the revision
    exit code 0
    ");
    let described = sandbox(|document| {
        document["resources"]["things"]["methods"]["get"]["description"] = "Gets one.".into();
    });
    assert_snapshot!(diff(described), @"
    google-tiny-v1, revision 20260101 -> 20260202: documentation

    Documentation

    - Changed the documentation of the method `things.get`.
    exit code 10
    ");
    assert_snapshot!(diff(sandbox(add_field)), @"
    google-tiny-v1, revision 20260101 -> 20260202: additive

    Additions

    - Added the field `size: Option<i32>` to the type `schemas::Thing`.
    exit code 11
    ");
    assert_snapshot!(diff(sandbox(rename_field)), @"
    google-tiny-v1, revision 20260101 -> 20260202: breaking

    Breaking changes

    - Removed the field `name: Option<String>` from the type `schemas::Thing`.

    Additions

    - Added the field `title: Option<String>` to the type `schemas::Thing`.
    exit code 12
    ");
}

/// Programs go on to compile, and do something else: that is no documentation.
#[test]
fn what_a_program_sends_is_told() {
    let changed = sandbox(|document| {
        document["rootUrl"] = "https://huge.googleapis.com/".into();
        document["servicePath"] = "huge/".into();
        let get = &mut document["resources"]["things"]["methods"]["get"];
        get["httpMethod"] = "DELETE".into();
        get["scopes"] = serde_json::json!(["https://www.googleapis.com/auth/huge"]);
        get["parameters"]["name"]["pattern"] = "^things/[a-z]+$".into();
        let scope = serde_json::json!({"description": "All."});
        document["auth"]["oauth2"]["scopes"]["https://www.googleapis.com/auth/huge"] = scope;
    });
    assert_snapshot!(changed.run(&["diff", "old.json", "new.json"]), @"
    google-tiny-v1, revision 20260101 -> 20260202: breaking

    Breaking changes of behaviour: programs compile, and do something else

    - Changed the default scopes of all requests: now `https://www.googleapis.com/auth/huge`;
      `with_scopes` requests others.
    - Changed the host of all requests: `https://tiny.googleapis.com/` is now
      `https://huge.googleapis.com/`.
    - Changed the HTTP request of the method `things.get`: `GET v1/{+name}` is now
      `DELETE huge/v1/{+name}`.
    - Changed the pattern of the argument `name` of the method `things.get`: `^things/[^/]+$` is now
      `^things/[a-z]+$`.

    Changes of behaviour

    - Changed the scopes of the method `things.get`: now `https://www.googleapis.com/auth/huge`.

    Additions

    - Added the scope `HUGE`.
    exit code 12
    ");
    let json = changed.run(&["diff", "--json", "old.json", "new.json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    let host = json["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|change| change["noun"] == "host");
    assert_snapshot!(host.unwrap().to_string(), @r#"{"class":"breaking","name":"","new":"https://huge.googleapis.com/","noun":"host","of":"all requests","old":"https://tiny.googleapis.com/","verb":"altered"}"#);
}

#[test]
fn json_is_for_programs() {
    let run = sandbox(rename_field).run(&["diff", "--json", "old.json", "new.json"]);
    assert_snapshot!(run, @r#"
    {
      "changes": [
        {
          "class": "breaking",
          "detail": ": Option<String>",
          "name": "name",
          "noun": "field",
          "of": "the type `schemas::Thing`",
          "verb": "removed"
        },
        {
          "class": "additive",
          "detail": ": Option<String>",
          "name": "title",
          "noun": "field",
          "of": "the type `schemas::Thing`",
          "verb": "added"
        }
      ],
      "class": "breaking",
      "code_differs": true,
      "new": {
        "document": "tiny:v1",
        "name": "google-tiny-v1",
        "revision": "20260202",
        "version": "0.1.0"
      },
      "old": {
        "document": "tiny:v1",
        "name": "google-tiny-v1",
        "revision": "20260101",
        "version": "0.1.0"
      }
    }
    exit code 12
    "#);
}

#[test]
fn a_document_has_the_overlay_beside_it() {
    let sandbox = sandbox(|_| {});
    sandbox.write(
        "new.overlay.json",
        r#"{"schemas": {"Thing": {"properties": {"name": null}}}}"#,
    );
    assert_eq!(sandbox.run(&["diff", "old.json", "new.json"]).code, 12);
}

#[test]
fn a_generated_package_is_as_good_as_its_document() {
    let sandbox = sandbox(|_| {});
    let out = ["codegen", "--document", "old.json", "--out", "package"];
    assert_eq!(sandbox.run(&out).code, 0);
    assert_snapshot!(sandbox.run(&["diff", "package", "old.json"]), @"
    google-tiny-v1, revision 20260101: no difference
    exit code 0
    ");
    sandbox.write("package/README.md", "Another text.");
    assert_snapshot!(sandbox.run(&["diff", "old.json", "package"]), @"
    google-tiny-v1, revision 20260101: no difference
    exit code 0
    ");
    let out = [
        "codegen",
        "--document",
        "old.json",
        "--out",
        "target/package",
    ];
    assert_eq!(sandbox.run(&out).code, 0);
    assert_snapshot!(sandbox.run(&["diff", "package", "target/package"]), @"
    google-tiny-v1, revision 20260101: no difference
    exit code 0
    ");
    let lib = sandbox.read("package/src/lib.rs");
    sandbox.write("package/src/lib.rs", &(lib + "\npub struct Extra;\n"));
    assert_snapshot!(sandbox.run(&["diff", "old.json", "package"]), @"
    google-tiny-v1, revision 20260101: the API is the same, the code behind it is not
    exit code 0
    ");
}

#[test]
fn the_history_of_git_can_be_read() {
    let sandbox = sandbox(|_| {});
    let overlay = r#"{"schemas": {"Thing": {"description": "Another."}}}"#;
    sandbox.write("tiny.json", DOCUMENT);
    sandbox.write("tiny.overlay.json", overlay);
    sandbox.run(&["codegen", "--document", "old.json", "--out", "package"]);
    sandbox.commit();
    sandbox.write("tiny.json", &later(rename_field));
    sandbox.remove("package/src/schemas.rs");

    let document = sandbox.run(&["diff", "git:HEAD:tiny.json", "tiny.json"]);
    assert_eq!(document.code, 12, "{document}");
    let same_path = sandbox.run(&["diff", "git:HEAD", "tiny.json"]);
    assert_eq!(same_path.to_string(), document.to_string());
    let same = "google-tiny-v1, revision 20260101: no difference\nexit code 0";
    let package = sandbox.run(&["diff", "git:HEAD:package", "old.json"]);
    assert_eq!(package.to_string(), same);
    let both = sandbox.run(&["diff", "git:HEAD:package/", "git:HEAD"]);
    assert_eq!(both.to_string(), same);
    sandbox.git(&["restore", "package"]);
    let clean = sandbox.run(&["diff", "git:HEAD", "package"]);
    assert_eq!(clean.to_string(), same);
    let absolute = sandbox.path("package").canonicalize().unwrap();
    let absolute = sandbox.run(&["diff", "git:HEAD", absolute.to_str().unwrap()]);
    assert_eq!(absolute.to_string(), same);
}

#[test]
fn unreadable_inputs_are_named() {
    let sandbox = sandbox(|_| {});
    sandbox.write("torn/surface.json", "{\n<<<<<<< HEAD\n");
    sandbox.write("newer/surface.json", "{\"format\": 1000}");
    sandbox.write("empty/README.md", "");
    std::fs::write(sandbox.path("latin1.json"), b"{\"\xe9\": 1}").unwrap();
    sandbox.commit();
    let errors = [
        "nowhere.json",
        "empty",
        "torn",
        "newer",
        "git:HEAD:nowhere",
        "git:NOWHERE:old.json",
        "git:",
        "git:--output=x:old.json",
        "git:HEAD:/etc/passwd",
        "git:HEAD:latin1.json",
    ];
    let said = errors.map(|place| {
        let run = sandbox.run(&["diff", place, "old.json"]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{place}");
        run.stderr
    });
    assert_snapshot!(said.concat(), @r#"
    error: there is no file nowhere.json

    error: the package has no surface.json
      --> empty
       = help: a package is a folder that `cargo xtask codegen` wrote

    error: surface.json does not describe a client: key must be a string at line 2 column 1
      --> torn
       = help: restore it, or generate the package again

    error: surface.json does not describe a client: its format is 1000, and this program reads 1 to 1
      --> newer
       = help: restore it, or generate the package again

    error: git cat-file -t HEAD:./nowhere: fatal: path 'nowhere' does not exist in 'HEAD'
       = help: `git:REV:PATH` is a revision (`git log` lists them) and a path that it has, relative to this folder

    error: git cat-file -t NOWHERE:./old.json: fatal: invalid object name 'NOWHERE'.
       = help: `git:REV:PATH` is a revision (`git log` lists them) and a path that it has, relative to this folder

    error: `git:` does not name a file or folder
       = help: name a revision and a path below this folder: `git:HEAD~1:generated/NAME`

    error: `git:--output=x:old.json` does not name a file or folder
       = help: name a revision and a path below this folder: `git:HEAD~1:generated/NAME`

    error: /etc/passwd is not below this folder, so `git:…` cannot find it
       = help: run it in the repository that has the path, or name another: `git:REV:PATH`

    error: the byte 0xE9 is not UTF-8
     --> git:HEAD:latin1.json:1:3
      |
    1 | {"�": 1}
      |   ^
      |
      = help: save the file as UTF-8
    "#);
}

#[test]
fn git_needs_a_repository_and_a_path_in_it() {
    let sandbox = sandbox(|_| {});
    assert_snapshot!(sandbox.run(&["diff", "git:HEAD", "old.json"]), @"
    error: git cat-file -t HEAD:./old.json: fatal: not a git repository (or any of the parent directories): .git
       = help: run it in a repository, or name files and folders instead of `git:…`

    exit code 1
    ");
    assert_snapshot!(sandbox.run(&["diff", "git:HEAD", "/etc/passwd"]), @"
    error: /etc/passwd is not below this folder, so `git:…` cannot find it
       = help: run it in the repository that has the path, or name another: `git:REV:PATH`

    exit code 1
    ");
}

#[test]
fn problems_of_a_document_have_their_place() {
    let sandbox = sandbox(|document| {
        document["resources"]["things"]["methods"]["get"]["httpMethod"] = "GOT".into();
    });
    assert_snapshot!(sandbox.run(&["diff", "old.json", "new.json"]), @r#"
    error: `GOT` is not a known value
      --> new.json:12:25
       |
    12 |           "httpMethod": "GOT",
       |                         ^^^^^
       |
       = note: at /resources/things/methods/get/httpMethod
       = help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    exit code 1
    "#);
}

/// Two folders are compared document by document, the gravest change first.
#[test]
fn folders_are_compared_document_by_document() {
    let sandbox = Sandbox::new();
    for (name, old, new) in [
        ("broken.v1", DOCUMENT, "{}"),
        ("renamed.v1", DOCUMENT, &*later(rename_field)),
        ("grown.v1", DOCUMENT, &later(add_field)),
        ("same.v1", DOCUMENT, DOCUMENT),
    ] {
        sandbox.write(&format!("old/{name}.json"), old);
        sandbox.write(&format!("new/{name}.json"), new);
    }
    sandbox.write("old/gone.v1.json", DOCUMENT);
    sandbox.write("new/added.v1.json", DOCUMENT);
    let run = sandbox.run(&["diff", "old", "new"]);
    let rows: Vec<_> = run.stdout.lines().collect();
    assert!(
        rows[0].contains("refused") && rows[0].contains("new/broken.v1.json"),
        "{run}"
    );
    assert_snapshot!(rows[1..].join("\n"), @"
    renamed.v1  20260101 -> 20260202  breaking  Removed the field `name` from the type `schemas::Thing`.
    grown.v1    20260101 -> 20260202  additive  Added the field `size` to the type `schemas::Thing`.
    gone.v1                           removed
    added.v1                          added

    total
    added               1
    additive            1
    breaking            1
    identical           1
    refused             1
    removed             1
    ");
    assert_eq!(run.code, 1);
    let json = sandbox.run(&["diff", "--json", "old", "new"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["total"]["breaking"], 1);
    assert_eq!(json["documents"]["renamed.v1"]["class"], "breaking");
    assert_eq!(
        json["documents"]["renamed.v1"]["changes"][0]["name"],
        "name"
    );
    sandbox.remove("new/broken.v1.json");
    assert_eq!(sandbox.run(&["diff", "old", "new"]).code, 12);
}

/// Adds a method that starts an operation, and the one that gets it.
fn start_operation(document: &mut Value) {
    let any = serde_json::json!({"type": "object", "additionalProperties": {"type": "any"}});
    document["schemas"]["Operation"] = serde_json::json!({
        "id": "Operation",
        "type": "object",
        "properties": {
            "done": {"type": "boolean"},
            "error": {"type": "object"},
            "metadata": any,
            "name": {"type": "string"},
            "response": any,
        },
    });
    let mut get = document["resources"]["things"]["methods"]["get"].clone();
    get["response"] = serde_json::json!({"$ref": "Operation"});
    let mut start = get.clone();
    get["id"] = "tiny.operations.get".into();
    start["id"] = "tiny.things.start".into();
    start["httpMethod"] = "POST".into();
    start["path"] = "v1/{+name}:start".into();
    document["resources"]["operations"]["methods"]["get"] = get;
    document["resources"]["things"]["methods"]["start"] = start;
}

/// The response can still be named before the poller is in use.
#[test]
fn a_new_poller_without_a_type_is_reported() {
    let changed = sandbox(start_operation).run(&["diff", "old.json", "new.json"]);
    assert_eq!(changed.code, 11, "{changed}");
    assert_snapshot!(changed.stderr, @r"
    warning: google-tiny-v1: the document does not name the response of operations that start with `things.start`
       = note: their `poller` is a `Poller<Any>`, and naming the type later is a breaking change
       = help: name it in the overlay now: `resources.things.methods.start.operationInfo.responseType`
    ");
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.run(&["codegen"]);
    sandbox.document("tiny.v1", &later(start_operation));
    let generated = sandbox.run(&["codegen"]);
    assert!(
        generated
            .stderr
            .contains("operations that start with `things.start`"),
        "{generated}"
    );
    sandbox.document(
        "tiny.v1",
        &crate::revisions::revision("20260303", start_operation),
    );
    let again = sandbox.run(&["codegen"]);
    assert!(!again.stderr.contains("things.start"), "{again}");
}
