//! `cargo xtask codegen --runtime`: what a package outside of this workspace depends on.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::sandbox::{DOCUMENT, Run, Sandbox};

/// A workspace, and a folder elsewhere.
struct Setup {
    sandbox: Sandbox,
    elsewhere: TempDir,
}

impl Setup {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        sandbox.cargo_workspace(&["generator/runtime"]);
        sandbox.write("in/tiny.json", DOCUMENT);
        let elsewhere = tempfile::tempdir().unwrap();
        Self { sandbox, elsewhere }
    }

    fn codegen(&self, arguments: &[&str]) -> Run {
        let out = self.elsewhere.path().join("tiny");
        self.codegen_to(&out, arguments)
    }

    fn codegen_to(&self, out: &Path, arguments: &[&str]) -> Run {
        let out = out.to_str().unwrap();
        let codegen = ["codegen", "--document", "in/tiny.json", "--out", out];
        self.sandbox.run(&[&codegen[..], arguments].concat())
    }

    /// Returns the line of the manifest that names the runtime.
    fn line(&self) -> String {
        let manifest = fs::read_to_string(self.elsewhere.path().join("tiny/Cargo.toml")).unwrap();
        let mut lines = manifest.lines();
        let line = lines.find_map(|line| line.strip_prefix("discovery-runtime = "));
        line.unwrap().to_owned()
    }
}

#[test]
fn the_runtime_is_recorded() {
    let given = [
        ("0.1", r#"version = "0.1""#),
        (
            "ssh://git@example.com/a/b#0123abc",
            r#"git = "ssh://git@example.com/a/b", rev = "0123abc", version = "0.1.0""#,
        ),
    ];
    for (runtime, line) in given {
        let setup = Setup::new();
        let run = setup.codegen(&["--runtime", runtime]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        let line = format!("{{ {line}, default-features = false }}");
        assert_eq!(setup.line(), line);
        let check = setup.codegen(&["--check"]);
        assert_eq!((check.code, check.stderr.as_str()), (0, ""), "{check}");
    }
}

#[test]
fn a_path_is_relative_to_the_package() {
    let setup = Setup::new();
    setup.sandbox.write("other/runtime/Cargo.toml", "");
    let run = setup.codegen(&["--runtime", "other/runtime"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let line = setup.line();
    let path = line.split('"').nth(1).unwrap();
    let runtime = setup.elsewhere.path().join("tiny").join(path);
    assert_eq!(
        runtime.canonicalize().unwrap(),
        setup.sandbox.path("other/runtime").canonicalize().unwrap()
    );
    assert_eq!(setup.codegen(&["--check"]).code, 0);
}

#[test]
fn a_runtime_that_cannot_be_used_is_refused() {
    let setup = Setup::new();
    let refused = |runtime: &str| {
        let run = setup.codegen(&["--runtime", runtime]);
        assert!(!setup.elsewhere.path().join("tiny").exists());
        run
    };
    assert_snapshot!(refused("0.9"), @"
    error: the client needs version 0.1.0 of the runtime, not 0.9
       = help: `--runtime 0.1.0`, or another generator

    error: 1 error, nothing written

    exit code 1
    ");
    assert_snapshot!(refused("https://example.com/a/b"), @"
    error: the git repository of the runtime needs a commit
       = help: `--runtime` takes a version, `URL#COMMIT` of a git repository, or a path

    exit code 1
    ");
    assert_snapshot!(refused("no/such/folder"), @"
    error: there is no runtime in no/such/folder
       = help: `--runtime` takes a version, `URL#COMMIT` of a git repository, or a path

    exit code 1
    ");
}

/// Elsewhere a path into this checkout would be of no use.
#[test]
fn a_new_package_depends_on_the_commit_of_this_checkout() {
    let setup = Setup::new();
    let sandbox = &setup.sandbox;
    sandbox.commit();
    let remote = "https://me:token@example.com/a/b.git";
    sandbox.git(&["remote", "add", "origin", remote]);
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let run = setup.codegen(&[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let line = setup.line();
    let start = r#"{ git = "https://example.com/a/b.git", rev = ""#;
    let rev = line
        .strip_prefix(start)
        .and_then(|rest| rest.split('"').next());
    assert_eq!(rev.map(str::len), Some(40), "{line}");

    // The commit is recorded, too.
    sandbox.write("in/other", "");
    sandbox.commit();
    let check = setup.codegen(&["--check"]);
    assert_eq!((check.code, check.stderr.as_str()), (0, ""), "{check}");
}

#[test]
fn without_a_remote_a_new_package_depends_on_the_published_version() {
    let setup = Setup::new();
    let run = setup.codegen(&[]);
    assert_snapshot!(run.stderr, @"
    warning: the client depends on discovery-runtime 0.1.0 in the registry
       = note: no remote has the commit of this checkout
       = help: `--runtime` takes a version, `URL#COMMIT` of a git repository, or a path
    ");
    assert_eq!(
        setup.line(),
        r#"{ version = "0.1.0", default-features = false }"#
    );
    assert_eq!(setup.codegen(&["--check"]).stderr, "");
}

/// Its path to the runtime led into the workspace, and leads nowhere now.
#[test]
fn a_package_that_left_the_workspace_gets_another_runtime() {
    let setup = Setup::new();
    let inside = setup.sandbox.path("target/tiny");
    assert_eq!(setup.codegen_to(&inside, &[]).code, 0);
    let out = setup.elsewhere.path().join("tiny");
    fs::rename(inside, &out).unwrap();
    assert!(setup.line().contains("path = "));
    assert_eq!(setup.codegen(&["--runtime", "0.1.0"]).code, 0);
    assert_eq!(
        setup.line(),
        r#"{ version = "0.1.0", default-features = false }"#
    );
}
