//! `cargo xtask codegen --only`: small clients, and their record of it.

use insta::assert_snapshot;

use crate::sandbox::{DOCUMENT, Run, Sandbox};

/// A document with the resources `things` and `gadgets`, and a schema for each.
fn document() -> String {
    let mut document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
    for (map, key, new, [from, to]) in [
        ("resources", "things", "gadgets", ["hing", "adget"]),
        ("schemas", "Thing", "Gadget", ["Thing", "Gadget"]),
    ] {
        let copy = document[map][key].to_string();
        let copy = copy
            .replace(from, to)
            .replace("tadget", "gadget")
            .replace("Tadget", "Gadget");
        document[map][new] = serde_json::from_str(&copy).unwrap();
    }
    document.to_string()
}

const SCHEMAS: &str = "src/schemas.rs";

/// A workspace with the document at hand, and not committed.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.json", &document());
    sandbox
}

fn generate(sandbox: &Sandbox, more: &[&str]) -> Run {
    let arguments = ["codegen", "--document", "in/tiny.json", "--out", "out"];
    sandbox.run(&[&arguments[..], more].concat())
}

/// Returns the report of each package without the number of its files.
fn reports(run: &Run) -> Vec<String> {
    let is_package = |line: &&str| line.contains("ed google-") && !line.contains("Versioned");
    let packages = run.stdout.lines().filter(is_package);
    let contents = packages.map(|line| {
        let (_, contents) = line.split_once(": ").unwrap();
        let (parts, only) = contents.split_once(';').unwrap_or((contents, ""));
        let (parts, _) = parts.rsplit_once(", ").unwrap();
        let gap = if only.is_empty() { "" } else { ";" };
        format!("{parts}{gap}{only}")
    });
    contents.collect()
}

#[test]
fn a_small_client_has_the_selected_items_and_records_them() {
    let sandbox = sandbox();
    let run = generate(&sandbox, &["--only", "things.*", "--only", "Gadget"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(reports(&run), ["1 method, 2 types; only things.*, Gadget"]);
    for file in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        SCHEMAS,
        "src/things.rs",
    ] {
        let text = sandbox.read(&format!("out/{file}"));
        assert!(text.contains("Only: things.*, Gadget."), "{file}: {text}");
    }
    assert!(
        sandbox
            .read(&format!("out/{SCHEMAS}"))
            .contains("pub struct Gadget")
    );
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(
        manifest.contains("only = [\"things.*\", \"Gadget\"]"),
        "{manifest}"
    );
}

#[test]
fn a_small_client_stays_small() {
    let sandbox = sandbox();
    generate(&sandbox, &["--only", "gadgets.get"]);
    assert!(!sandbox.read(&format!("out/{SCHEMAS}")).contains("Thing"));
    for more in [&["--check"][..], &[]] {
        let run = generate(&sandbox, more);
        assert_eq!(
            reports(&run),
            ["1 method, 1 type; only gadgets.get"],
            "{run}"
        );
        assert!(run.stdout.contains(" up to date "), "{run}");
    }

    let check = generate(&sandbox, &["--check", "--only", "things.*"]);
    assert_eq!(check.code, 1);
    for said in [
        "missing  out/src/things.rs\n",
        "- // Only: gadgets.get.\n",
        "+ // Only: things.*.\n",
        "stale    out/src/gadgets.rs\n",
        "run `cargo xtask codegen --document in/tiny.json --out out --only 'things.*'`\n",
    ] {
        assert!(check.stderr.contains(said), "{check}");
    }
    assert_eq!(generate(&sandbox, &["--only", "things.*"]).code, 0);
    assert!(!sandbox.read(&format!("out/{SCHEMAS}")).contains("Gadget"));
    assert_eq!(
        generate(&sandbox, &["--check", "--only", "things.*"]).code,
        0
    );

    let check = generate(&sandbox, &["--check", "--all"]);
    assert_eq!(check.code, 1);
    for said in [
        "missing  out/src/gadgets.rs\n",
        "run `cargo xtask codegen --document in/tiny.json --out out --all`\n",
    ] {
        assert!(check.stderr.contains(said), "{check}");
    }
    assert_eq!(generate(&sandbox, &["--all"]).code, 0);
    let run = generate(&sandbox, &["--check"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(sandbox.exists("out/src/gadgets.rs") && sandbox.exists("out/src/things.rs"));
}

#[test]
fn committed_clients_stay_small_too() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", &document());
    sandbox.document("tiny.v2.1", &document().replace("v1", "v2.1"));
    sandbox.write(
        "discovery/documents/tiny.v1.overlay.json",
        r#"{"title": "Small API"}"#,
    );
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    let document = "discovery/documents/tiny.v1.json";
    let run = sandbox.run(&["codegen", "--document", document, "--only", "things.*"]);
    assert_eq!(reports(&run), ["1 method, 1 type; only things.*"], "{run}");
    assert!(!sandbox.exists("generated/tiny-v1/src/gadgets.rs"));
    assert!(
        sandbox
            .read("generated/tiny-v1/README.md")
            .contains("Small API")
    );
    for arguments in [&["codegen", "--check"][..], &["codegen"]] {
        let run = sandbox.run(arguments);
        let packages = ["1 method, 1 type; only things.*", "2 methods, 2 types"];
        assert_eq!(reports(&run), packages, "{run}");
        assert!(run.stdout.contains(" up to date "), "{run}");
    }
    let check = sandbox.run(&["codegen", "--check", "--all", "--document", document]);
    let help = "run `cargo xtask codegen --document discovery/documents/tiny.v1.json --all`\n";
    assert!(check.stderr.ends_with(&format!("{help}\n")), "{check}");
    assert_eq!(
        sandbox
            .run(&["codegen", "--all", "--document", document])
            .code,
        0
    );
    assert!(sandbox.exists("generated/tiny-v1/src/gadgets.rs"));
}

#[test]
fn patterns_that_match_nothing_are_named_with_their_origin() {
    let sandbox = sandbox();
    let run = generate(&sandbox, &["--only", "thing.*", "--only", "things.get"]);
    assert_snapshot!(run, @r#"
    error: no method or schema matches `thing.*`
     --> in/tiny.json:1:1
      |
    1 | {"description":"An API with one method.","id":"tiny:v1","kin…
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `things.*`?

    error: 1 error, nothing written

    exit code 1
    "#);
    assert!(!sandbox.exists("out"));

    let run = generate(&sandbox, &["--only", "things.gte"]);
    assert!(
        run.stderr.contains("= help: did you mean `things.get`?\n"),
        "{run}"
    );

    generate(&sandbox, &["--only", "gadgets.get"]);
    sandbox.write("in/tiny.json", DOCUMENT);
    assert_snapshot!(generate(&sandbox, &["--check"]), @"
    error: no method or schema matches `gadgets.get`
     --> in/tiny.json:1:1
      |
    1 | {
      | ^
      |
      = help: a pattern is a method's resource path and name, such as `accounts.apps.*`, the id of a method, or the name of a schema

    warning: out/surface.json limits the package to `gadgets.get`
       = help: `--only` gives other patterns, `--all` generates the complete client

    error: 1 error, nothing written

    exit code 1
    ");
}

#[test]
fn a_damaged_record_is_an_error_unless_it_is_not_needed() {
    let sandbox = sandbox();
    generate(&sandbox, &["--only", "gadgets.get"]);
    let surface = sandbox.read("out/surface.json");
    let damaged = surface.replace("\"only\": [", "\"only\": ");
    sandbox.write("out/surface.json", &damaged);
    let before = sandbox.tree();
    assert_snapshot!(generate(&sandbox, &[]), @r#"
    error: the file does not describe a client: invalid type: string "gadgets.get", expected a sequence at line 8 column 23
      --> out/surface.json
       = help: restore the file, or give `--only PATTERN` or `--all` again

    error: 1 error, nothing written

    exit code 1
    "#);
    assert_eq!(sandbox.tree(), before);
    assert_eq!(generate(&sandbox, &["--only", "gadgets.get"]).code, 0);
    assert_eq!(sandbox.read("out/surface.json"), surface);
}

#[test]
fn only_one_document_at_a_time_can_be_selected_from() {
    let sandbox = sandbox();
    sandbox.document("tiny.v1", &document());
    assert_snapshot!(sandbox.run(&["codegen", "--only", "things.*"]), @"
    error: the following required arguments were not provided:
      <--document <FILE>|NAME>

    Usage: cargo xtask codegen --only <PATTERN> <--document <FILE>|NAME> [VERSION]

    For more information, try '--help'.
    exit code 2
    ");
    assert_snapshot!(generate(&sandbox, &["--only", "things.*", "--all"]), @"
    error: the argument '--only <PATTERN>' cannot be used with '--all'

    Usage: cargo xtask codegen --out <DIR> --only <PATTERN> <--document <FILE>|NAME> [VERSION]

    For more information, try '--help'.
    exit code 2
    ");
    assert_snapshot!(sandbox.run(&["codegen", "--document", "in/tiny.json", "--all"]), @"
    error: in/tiny.json is not a document of this workspace
       = help: name the folder of its package: `--out DIR`

    exit code 1
    ");
}
