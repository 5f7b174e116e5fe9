//! Runs killed while they write: each file is the old or the new one, and the next run finishes.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::revisions::{rename_field, revision};
use crate::sandbox::Sandbox;

/// The number of runs killed, each a bit later than the one before.
const KILLED: u32 = 24;

type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// A document with many resources, and so with many files.
fn wide(document: &mut Value, resources: std::ops::Range<u32>) {
    let things = document["resources"]["things"].clone();
    for number in resources {
        let text = things
            .to_string()
            .replace("things", &format!("things{number}"));
        let copy: Value = serde_json::from_str(&text).unwrap();
        document["resources"][format!("things{number}")] = copy;
    }
}

fn old() -> String {
    revision("20260101", |document| wide(document, 0..20))
}

/// Another schema, a resource less and a resource more.
fn new() -> String {
    revision("20260202", |document| {
        wide(document, 1..21);
        rename_field(document);
    })
}

/// Starts a run, kills it `delay` after `path` has become another one, and says how long the run
/// went on after that. One that ends before is not killed.
fn kill(sandbox: &Sandbox, arguments: &[&str], path: &str, delay: Duration) -> Duration {
    let path = sandbox.path(path);
    // A file that is replaced is another one.
    let file = || fs::metadata(&path).unwrap().ino();
    let before = file();
    let mut run = sandbox.spawn(arguments);
    let is_over = |run: &mut Child| run.try_wait().unwrap().is_some();
    while !is_over(&mut run) && file() == before {
        thread::yield_now();
    }
    let start = Instant::now();
    while !is_over(&mut run) && start.elapsed() < delay {
        thread::yield_now();
    }
    run.kill().unwrap();
    run.wait().unwrap();
    start.elapsed()
}

fn is_temporary(path: &Path) -> bool {
    path.to_string_lossy().contains("xtask-tmp")
}

/// Every file is that of one of the trees.
#[track_caller]
fn check_halfway(found: &Tree, old: &Tree, new: &Tree) {
    for (path, bytes) in found.iter().filter(|(path, _)| !is_temporary(path)) {
        let known = [old.get(path), new.get(path)];
        assert!(known.contains(&Some(bytes)), "{}", path.display());
    }
    for (path, bytes) in old
        .iter()
        .filter(|(path, bytes)| new.get(*path) == Some(bytes))
    {
        assert_eq!(found.get(path), Some(bytes), "{}", path.display());
    }
}

/// Puts every file of the tree into its place again, and removes all others.
fn restore(sandbox: &Sandbox, tree: &Tree) {
    for path in sandbox
        .tree()
        .keys()
        .filter(|path| !tree.contains_key(*path))
    {
        fs::remove_file(path).unwrap();
        // An empty folder would be one of a package that is there already.
        let folders = path.ancestors().skip(1);
        folders
            .take_while(|folder| fs::remove_dir(folder).is_ok())
            .for_each(drop);
    }
    for (path, bytes) in tree {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Kills runs that lead from the tree as it is to another one, at points all over the time that
/// they write in. `first` is the file that they write first.
fn kill_all_the_way(sandbox: &Sandbox, arguments: &[&str], first: &str) {
    let old = sandbox.tree();
    let whole = kill(sandbox, arguments, first, Duration::MAX);
    let new = sandbox.tree();
    assert_ne!(old, new);
    let mut halfway = 0;
    for step in 0..KILLED {
        restore(sandbox, &old);
        kill(sandbox, arguments, first, whole * step / KILLED);
        let found = sandbox.tree();
        check_halfway(&found, &old, &new);
        halfway += u32::from(found != new);
        let next = sandbox.run(arguments);
        assert_eq!((next.code, next.stderr.as_str()), (0, ""), "{next}");
        assert!(sandbox.tree() == new, "step {step}");
    }
    assert!(halfway > 0, "no run was killed in time");
}

/// Files change, a whole package goes, and another one comes.
#[test]
fn codegen_goes_on_where_it_was_killed() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", &old());
    sandbox.document("gone.v1", &old().replace("tiny", "gone"));
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    for path in ["Cargo.lock", "target/debug/mine", ".git/config"] {
        sandbox.write(&format!("generated/tiny-v1/{path}"), "mine");
    }
    sandbox.document("tiny.v1", &new());
    sandbox.remove("discovery/documents/gone.v1.json");
    sandbox.document("come.v1", &new().replace("tiny", "come"));
    kill_all_the_way(&sandbox, &["codegen"], "generated/tiny-v1/CHANGELOG.md");
    let changelog = sandbox.read("generated/tiny-v1/CHANGELOG.md");
    assert_eq!(changelog.matches("\n## ").count(), 2, "{changelog}");
    assert_eq!(sandbox.run(&["codegen", "--check"]).code, 0);
}

/// A killed run stays unfinished, and then another revision comes.
#[test]
fn a_mixture_of_versions_is_no_version() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", &old());
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    let changelog = "generated/tiny-v1/CHANGELOG.md";
    let before = sandbox.tree();
    sandbox.document("tiny.v1", &new());
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    let after = sandbox.read(changelog);
    restore(&sandbox, &before);
    sandbox.write(changelog, &after);
    sandbox.document(
        "tiny.v1",
        &revision("20260303", |document| wide(document, 0..3)),
    );
    let run = sandbox.run(&["codegen"]);
    let error = "error: generated/tiny-v1 is not the 0.2.0+20260202 that its CHANGELOG.md records";
    assert!(run.code == 1 && run.stderr.starts_with(error), "{run}");
}

#[cfg(feature = "fetch")]
#[test]
fn fetch_goes_on_where_it_was_killed() {
    use crate::revisions::later;
    use crate::sandbox::DOCUMENT;
    use serde_json::json;

    let sandbox = Sandbox::new();
    let server = crate::server::Server::new();
    let gap = " ".repeat(1 << 18);
    let named = |text: &str, name: &str| text.replace("tiny", name) + &gap;
    let mut items = Vec::new();
    for name in ["a", "b", "c", "d", "e", "f"] {
        sandbox.document(&format!("{name}.v1"), &named(DOCUMENT, name));
        let path = format!("/{name}");
        server.answer(&path, "200 OK", named(&later(rename_field), name));
        items.push(json!({"name": name, "version": "v1", "discoveryRestUrl": server.url(&path)}));
    }
    let overlay = r#"{"title": "Small API"}"#;
    sandbox.write("discovery/documents/f.v1.overlay.json", overlay);
    let list = json!({"kind": "discovery#directoryList", "items": items});
    server.answer("/apis", "200 OK", list.to_string());
    let arguments = ["fetch", "--directory", &server.url("/apis")];
    kill_all_the_way(&sandbox, &arguments, "discovery/documents/a.v1.json");
}
