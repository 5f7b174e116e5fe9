//! Runs that end early: killed, or on a full disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::sandbox::{DOCUMENT, Sandbox};

/// A document whose package has a file of more than a block.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let description = "words ".repeat(2000);
    sandbox.document(
        "tiny.v1",
        &DOCUMENT.replace("An API with one method.", &description),
    );
    sandbox
}

fn temporaries(sandbox: &Sandbox) -> usize {
    let is_temporary = |path: &&Path| {
        path.extension()
            .is_some_and(|extension| extension == "xtask-tmp")
    };
    sandbox
        .tree()
        .keys()
        .map(|path| path.as_path())
        .filter(is_temporary)
        .count()
}

/// Returns the files of an undisturbed run on the same documents.
fn whole(sandbox: &Sandbox) -> Vec<Vec<u8>> {
    let other = self::sandbox();
    let run = other.run(&["codegen"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(sandbox.tree().len(), other.tree().len());
    other.tree().into_values().collect()
}

/// SIGXFSZ kills the run in the middle of the first file of more than one block.
const KILLED: &str = "ulimit -c 0; ulimit -f 1";

#[test]
fn a_killed_run_leaves_no_half_of_a_file_and_the_next_one_finishes() {
    let sandbox = sandbox();
    sandbox.run(&["codegen"]);
    let lib = sandbox.path("generated/tiny-v1/src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    fs::write(&lib, text.replacen("//!", "//! Edited.\n//!", 1)).unwrap();
    let before = fs::read(&lib).unwrap();
    let killed = sandbox.run_under(KILLED, &["codegen"]);
    assert_eq!(killed.code, -1, "{killed}");
    assert_eq!(temporaries(&sandbox), 1);
    assert_eq!(fs::read(&lib).unwrap(), before);

    let next = sandbox.run(&["codegen"]);
    assert_eq!((next.code, next.stderr.as_str()), (0, ""));
    assert_eq!(
        sandbox.tree().into_values().collect::<Vec<_>>(),
        whole(&sandbox)
    );
}

/// `cargo xtask` itself would not work any more.
#[test]
fn cargo_never_sees_a_part_of_a_new_package() {
    let sandbox = sandbox();
    sandbox.cargo_workspace(&["generator/runtime", "generated/*"]);
    let document = sandbox.read("discovery/documents/tiny.v1.json");
    sandbox.document("tiny.v1", DOCUMENT);
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    sandbox.document("large.v1", &document.replace("tiny", "large"));
    let killed = sandbox.run_under(KILLED, &["codegen"]);
    assert_eq!(killed.code, -1, "{killed}");
    assert!(!sandbox.exists("generated/large-v1"));
    sandbox.check_workspace("");

    let next = sandbox.run(&["codegen"]);
    assert_eq!((next.code, next.stderr.as_str()), (0, ""));
    sandbox.check_workspace("");
    assert!(sandbox.exists("generated/large-v1/Cargo.toml"));
    let left = |path: &Path| path.to_string_lossy().contains("xtask-tmp");
    assert!(!sandbox.tree().keys().any(|path| left(path)));
}

#[test]
fn a_full_disk_is_an_error_that_names_the_file_and_leaves_no_temporary() {
    let sandbox = sandbox();
    // Writing beyond the limit fails, as on a full disk, once the signal is ignored.
    let run = sandbox.run_under("trap '' XFSZ; ulimit -f 1", &["codegen"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(
        run.stderr
            .starts_with("error: cannot write generated/tiny-v1/"),
        "{run}"
    );
    assert!(run.stderr.contains("File too large"), "{run}");
    assert_eq!(temporaries(&sandbox), 0);
}

/// On a disk that is full, each file is the old one or the new one, whoever runs it.
#[test]
fn a_full_disk_keeps_the_old_files() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    let document = sandbox.read("discovery/documents/tiny.v1.json");
    sandbox.document("tiny.v1", &document.replace("20260101", "20260202"));
    let before = sandbox.tree();
    let full = sandbox.run_under("trap '' XFSZ; ulimit -f 1", &["codegen"]);
    let cannot = "error: cannot write generated/tiny-v1/";
    assert!(full.code == 1 && full.stderr.starts_with(cannot), "{full}");
    let between = sandbox.tree();
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    let after = sandbox.tree();
    let all: [Vec<_>; 3] = [&before, &between, &after].map(|tree| tree.keys().collect());
    assert_eq!((&all[0], &all[1]), (&all[2], &all[2]));
    let old = between
        .iter()
        .filter(|(path, bytes)| before[*path] == **bytes)
        .count();
    let new = between
        .iter()
        .filter(|(path, bytes)| after[*path] == **bytes)
        .count();
    let kept = before
        .iter()
        .filter(|(path, bytes)| after[*path] == **bytes)
        .count();
    assert_eq!(old + new - kept, between.len());
    assert!(old > kept, "nothing was left to write");
}

/// Permissions mean nothing to root; this does.
#[test]
fn a_file_in_place_of_a_folder_is_an_error_that_names_it() {
    let sandbox = sandbox();
    sandbox.write("generated", "mine");
    let run = sandbox.run(&["codegen"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("cannot read generated"), "{run}");
    assert_eq!(sandbox.read("generated"), "mine");
}

#[test]
fn runs_at_the_same_time_end_in_the_new_state() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    let document = sandbox.read("discovery/documents/tiny.v1.json");
    let later = document.replace("20260101", "20260202");
    sandbox.document("tiny.v1", &later.replace("\"Thing\"", "\"Object\""));
    sandbox.document("large.v1", &later.replace("tiny", "large"));
    let before = sandbox.tree();
    let runs: Vec<_> = (0..6).map(|_| sandbox.spawn(&["codegen"])).collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let between = sandbox.tree();
    let last = sandbox.run(&["codegen"]);
    assert_eq!((last.code, last.stderr.as_str()), (0, ""), "{last}");
    let after = sandbox.tree();
    for (path, bytes) in &between {
        let known = [before.get(path), after.get(path)];
        assert!(known.contains(&Some(bytes)), "{}", path.display());
    }
    assert_eq!(temporaries(&sandbox), 0);
    assert_eq!(sandbox.run(&["codegen", "--check"]).code, 0);
    let changelog = sandbox.read("generated/tiny-v1/CHANGELOG.md");
    assert_eq!(changelog.matches("\n## ").count(), 2, "{changelog}");
}

#[test]
fn a_read_only_folder_is_an_error_that_names_the_file() {
    let sandbox = sandbox();
    sandbox.run(&["codegen"]);
    sandbox.remove("generated/tiny-v1/README.md");
    let folder = sandbox.path("generated/tiny-v1");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(folder.join("probe"), "").is_ok();
    let run = sandbox.run(&["codegen"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if is_root {
        return; // Permissions mean nothing to root.
    }
    assert_eq!(
        run.stderr,
        "error: cannot write generated/tiny-v1/README.md: Permission denied (os error 13)\n\n"
    );
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    let sandbox = sandbox();
    let run = sandbox.run_under("exec 1>&-", &["codegen"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}
