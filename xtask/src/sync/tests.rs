//! The rules of [`FolderDiff`], each on a folder of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::thread;

use tempfile::TempDir;

use super::*;
use crate::message::Message;

/// A text that carries the header of generated files.
fn ours(text: &str) -> String {
    format!("// {}\n{text}\n", generator::HEADER_MARK)
}

fn files(entries: &[(&str, &str)]) -> Files {
    entries
        .iter()
        .map(|(path, text)| ((*path).to_owned(), ours(text)))
        .collect()
}

/// A folder with these files in it.
fn folder(entries: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in entries {
        put(folder.path(), path, &ours(text));
    }
    folder
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn diff(folder: &TempDir, files: &Files) -> FolderDiff {
    FolderDiff::new(folder.path(), files.clone(), Layout::Package).unwrap()
}

/// Every entry below a folder with its text; folders end in `/`.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(path) = todo.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            if path.is_dir() {
                tree.insert(name + "/", String::new());
                todo.push(path);
            } else {
                tree.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    tree
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

/// The messages without the folder's own path.
fn text(folder: &TempDir, messages: impl IntoIterator<Item = Message>) -> String {
    let text: String = messages
        .into_iter()
        .map(|message| message.to_string())
        .collect();
    text.replace(&format!("{}/", folder.path().display()), "")
        .replace(&folder.path().display().to_string(), "OUT")
}

#[test]
fn writes_what_is_missing_and_then_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a/b");
    let files = files(&[
        ("Cargo.toml", "1"),
        ("src/lib.rs", "2"),
        ("src/apps/mod.rs", "3"),
    ]);

    let first = FolderDiff::new(&out, files.clone(), Layout::Package).unwrap();
    assert_eq!(first.missing.len(), 3);
    assert!(!out.exists(), "a comparison touches nothing");
    first.apply().unwrap();
    for (path, text) in &files {
        assert_eq!(&fs::read_to_string(out.join(path)).unwrap(), text);
    }

    let second = FolderDiff::new(&out, files, Layout::Package).unwrap();
    assert!(second.is_current());
    assert_eq!((second.written().len(), second.unchanged()), (0, 3));
}

#[test]
fn leaves_unchanged_files_alone() {
    let folder = folder(&[("same.rs", "same"), ("other.rs", "old")]);
    let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for name in ["same.rs", "other.rs"] {
        fs::File::options()
            .write(true)
            .open(folder.path().join(name))
            .unwrap()
            .set_modified(past)
            .unwrap();
    }
    let diff = diff(&folder, &files(&[("same.rs", "same"), ("other.rs", "new")]));
    assert_eq!(diff.written(), BTreeSet::from(["other.rs"]));
    diff.apply().unwrap();
    let modified = |name| {
        fs::metadata(folder.path().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    assert_eq!(modified("same.rs"), past);
    assert_ne!(modified("other.rs"), past);
    assert_eq!(tree(folder.path())["other.rs"], ours("new"));
}

#[test]
fn removes_stale_files_and_the_folders_they_leave_empty() {
    let folder = folder(&[
        ("src/lib.rs", "1"),
        ("src/a/b/old.rs", "2"),
        ("gone.md", "3"),
    ]);
    let diff = diff(&folder, &files(&[("src/lib.rs", "1")]));
    assert_eq!(
        diff.stale.iter().collect::<Vec<_>>(),
        ["gone.md", "src/a/b/old.rs"]
    );
    diff.apply().unwrap();
    assert_eq!(names(folder.path()), ["src/", "src/lib.rs"]);
}

#[test]
fn sees_missing_differing_and_stale_files_at_once() {
    let folder = folder(&[("differs.rs", "old"), ("stale.rs", ""), ("same.rs", "")]);
    let diff = diff(
        &folder,
        &files(&[("differs.rs", "new"), ("missing.rs", ""), ("same.rs", "")]),
    );
    assert!(!diff.is_current());
    assert_eq!(diff.missing, BTreeSet::from(["missing.rs".to_owned()]));
    assert_eq!(diff.stale, BTreeSet::from(["stale.rs".to_owned()]));
    assert_eq!(diff.differing.keys().collect::<Vec<_>>(), ["differs.rs"]);
    assert_eq!(diff.differing["differs.rs"].lines.line, 2);
    assert_eq!(diff.unchanged(), 1);
}

#[test]
fn the_header_counts_in_the_first_lines_only() {
    let folder = folder(&[]);
    let mark = generator::HEADER_MARK;
    put(folder.path(), "fifth.rs", &format!("\n\n\n\n// {mark}\n"));
    put(
        folder.path(),
        "quotes.rs",
        &format!("\n\n\n\n\nlet mark = \"{mark}\";\n"),
    );
    let diff = diff(&folder, &Files::new());
    assert_eq!(diff.stale, BTreeSet::from(["fifth.rs".to_owned()]));
    assert_eq!(diff.foreign.len(), 1);
}

#[test]
fn files_that_are_not_ours_are_named_and_nothing_is_touched() {
    let folder = folder(&[("stale.rs", "1")]);
    put(folder.path(), "src/notes.txt", "mine");
    put(folder.path(), "src/lib.rs", "//! Written by hand.\n");
    let before = tree(folder.path());
    let diff = diff(&folder, &files(&[("Cargo.toml", ""), ("src/lib.rs", "")]));
    let error = diff.apply().unwrap_err();
    assert_eq!(tree(folder.path()), before);
    insta::assert_snapshot!(text(&folder, [error]), @"
    error: OUT holds files that codegen did not write
       src/notes.txt was not written by codegen
       src/lib.rs lacks the header of generated files
       = note: nothing was touched
       = help: move them elsewhere, or generate into another folder
    ");
}

#[test]
fn an_empty_file_may_be_overwritten_but_not_removed() {
    let folder = folder(&[]);
    put(folder.path(), "lib.rs", "");
    diff(&folder, &files(&[("lib.rs", "1")])).apply().unwrap();
    assert_eq!(tree(folder.path())["lib.rs"], ours("1"));

    put(folder.path(), "empty.rs", "");
    diff(&folder, &files(&[("lib.rs", "1")]))
        .apply()
        .unwrap_err();
}

#[test]
fn what_cargo_and_git_leave_behind_is_ignored() {
    let folder = folder(&[]);
    for path in ["Cargo.lock", "target/debug/x.d", ".git/config"] {
        put(folder.path(), path, "theirs");
    }
    let before = tree(folder.path());
    let diff = diff(&folder, &Files::new());
    assert!(diff.is_current());
    diff.apply().unwrap();
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn build_leftovers_are_ignored_at_the_root_of_a_package_only() {
    let folder = folder(&[]);
    put(folder.path(), "Cargo.lock", "");
    put(folder.path(), "checks/Cargo.lock", "");
    put(folder.path(), "checks/target/x.d", "");
    put(folder.path(), "checks/src/target/x.rs", "");
    let diff = FolderDiff::new(folder.path(), Files::new(), Layout::Packages).unwrap();
    let foreign: Vec<_> = diff
        .foreign
        .iter()
        .map(|entry| entry.path.as_str())
        .collect();
    assert_eq!(foreign, ["Cargo.lock", "checks/src/target/x.rs"]);
}

#[test]
fn a_package_without_document_is_removed_but_not_its_leftovers() {
    let folder = folder(&[
        ("new/src/lib.rs", ""),
        ("old/Cargo.toml", ""),
        ("old/src/lib.rs", ""),
    ]);
    put(folder.path(), "old/target/x.d", "");
    let diff = FolderDiff::new(
        folder.path(),
        files(&[("new/src/lib.rs", "")]),
        Layout::Packages,
    )
    .unwrap();
    diff.apply().unwrap();
    assert_eq!(
        diff.leftovers().collect::<Vec<_>>(),
        [folder.path().join("old")]
    );
    assert_eq!(
        names(folder.path()),
        [
            "new/",
            "new/src/",
            "new/src/lib.rs",
            "old/",
            "old/target/",
            "old/target/x.d"
        ]
    );
}

#[test]
fn another_package_in_the_folder_is_not_ours_to_remove() {
    let folder = folder(&[("checks/Cargo.toml", ""), ("checks/src/lib.rs", "")]);
    let error = diff(&folder, &files(&[("Cargo.toml", "")]))
        .apply()
        .unwrap_err();
    insta::assert_snapshot!(text(&folder, [error]), @"
    error: OUT holds files that codegen did not write
       checks/ is a package of its own
       = note: nothing was touched
       = help: move them elsewhere, or generate into another folder
    ");
    assert!(folder.path().join("checks/src/lib.rs").exists());
}

#[test]
fn a_folder_full_of_other_things_is_not_read_to_the_end() {
    let folder = folder(&[]);
    for index in 0..50 {
        put(folder.path(), &format!("{index}/{index}.txt"), "");
    }
    let diff = diff(&folder, &Files::new());
    assert_eq!(diff.foreign.len(), 10);
    let last = diff.conflicts().pop().unwrap();
    assert_eq!(last, "and perhaps more: the rest was not scanned");
}

#[test]
fn files_and_folders_change_places() {
    let folder = folder(&[("a", "file"), ("b/c", "file"), ("d/e/f", "file")]);
    let wanted = files(&[("a/x", "1"), ("b", "2"), ("d/e", "3")]);
    diff(&folder, &wanted).apply().unwrap();
    assert!(diff(&folder, &wanted).is_current());
    assert_eq!(names(folder.path()), ["a/", "a/x", "b", "d/", "d/e"]);
}

#[test]
fn temporaries_of_a_killed_run_are_removed() {
    let folder = folder(&[("src/lib.rs", "1")]);
    put(folder.path(), "src/.new.xtask-tmp", "half of a fi");
    let wanted = files(&[("src/lib.rs", "1")]);
    let diff = diff(&folder, &wanted);
    assert!(diff.is_current(), "another run may be at work");
    diff.apply().unwrap();
    assert_eq!(names(folder.path()), ["src/", "src/lib.rs"]);
}

#[test]
fn only_what_we_name_is_taken_for_a_temporary() {
    let folder = folder(&[]);
    for name in [".new", ".notes", ".new.new", "new", ""] {
        put(folder.path(), &format!("src/{name}.xtask-tmp"), "mine");
    }
    let diff = diff(&folder, &files(&[]));
    assert_eq!(diff.foreign.len(), 4, "{:?}", diff.foreign);
    assert_eq!(diff.temporaries.len(), 1, "{:?}", diff.temporaries);
}

/// Cargo refuses to work in a workspace with a part of a package.
#[test]
fn packages_come_and_go_at_once() {
    let folder = folder(&[]);
    let out = folder.path().join("generated");
    let apply = |entries| {
        let diff = FolderDiff::new(&out, files(entries), Layout::Packages).unwrap();
        diff.apply().unwrap();
        names(folder.path())
    };
    let two = [
        ("a/Cargo.toml", ""),
        ("a/src/lib.rs", ""),
        ("b/Cargo.toml", ""),
    ];
    let all = [
        "generated/",
        "generated/a/",
        "generated/a/Cargo.toml",
        "generated/a/src/",
    ];
    assert_eq!(apply(&two)[..4], all);
    assert_eq!(apply(&two).len(), 7);
    assert_eq!(
        apply(&two[2..]),
        ["generated/", "generated/b/", "generated/b/Cargo.toml"]
    );
    assert_eq!(apply(&[]), ["generated/"]);
}

#[test]
fn folders_that_a_killed_run_left_beside_are_removed() {
    let folder = folder(&[("out/src/lib.rs", "1")]);
    let left = ".out.xtask-tmp/src/a.rs";
    let others = [".in.xtask-tmp/a.rs", ".out-1.xtask-tmp/a.rs"];
    for path in [left].iter().chain(&others) {
        put(folder.path(), path, "");
    }
    let out = folder.path().join("out");
    let diff = FolderDiff::new(&out, files(&[("src/lib.rs", "1")]), Layout::Package).unwrap();
    assert!(diff.is_current(), "another run may be at work");
    assert!(
        folder.path().join(left).exists(),
        "a comparison touches nothing"
    );
    diff.apply().unwrap();
    let mut expected: Vec<_> = others
        .iter()
        .map(|path| path.split_once('/').unwrap().0)
        .collect();
    expected.push("out");
    expected.sort_unstable();
    let mut found: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

/// The lock makes the second run see what the first one wrote.
#[test]
fn one_run_at_a_time_writes() {
    let folder = folder(&[("out/stale.rs", "")]);
    let (target, out) = (folder.path().join("target"), folder.path().join("out"));
    let wanted = files(&[("Cargo.toml", ""), ("src/lib.rs", "")]);
    let run = || {
        let _lock = Lock::acquire(&target).unwrap();
        let diff = FolderDiff::new(&out, wanted.clone(), Layout::Package).unwrap();
        diff.apply().unwrap();
        diff.written().len()
    };
    let written: usize = thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(written, 2);
    assert_eq!(names(&out), ["Cargo.toml", "src/", "src/lib.rs"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let elsewhere = folder(&[("lib.rs", "theirs"), ("deep/stale.rs", "theirs")]);
    let before = tree(elsewhere.path());
    let folder = folder(&[]);
    symlink(elsewhere.path(), folder.path().join("src")).unwrap();
    symlink(
        elsewhere.path().join("lib.rs"),
        folder.path().join("build.rs"),
    )
    .unwrap();
    symlink("nowhere", folder.path().join("dangling")).unwrap();
    let diff = diff(&folder, &files(&[("src/lib.rs", "1"), ("build.rs", "2")]));
    let error = diff.apply().unwrap_err();
    insta::assert_snapshot!(text(&folder, [error]), @"
    error: OUT holds files that codegen did not write
       build.rs is a symbolic link or a device, which is never followed
       dangling is a symbolic link or a device, which is never followed
       src is a symbolic link or a device, which is never followed
       = note: nothing was touched
       = help: move them elsewhere, or generate into another folder
    ");
    assert_eq!(tree(elsewhere.path()), before);
}

#[cfg(unix)]
#[test]
fn the_folder_itself_may_be_a_link() {
    let real = folder(&[("stale.rs", "")]);
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("out");
    std::os::unix::fs::symlink(real.path(), &link).unwrap();
    FolderDiff::new(&link, files(&[("lib.rs", "1")]), Layout::Package)
        .unwrap()
        .apply()
        .unwrap();
    assert_eq!(names(real.path()), ["lib.rs"]);
}

#[test]
fn paths_that_leave_the_folder_or_clash_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let bad = [
        "",
        "/etc/x",
        "../x",
        "a/../../x",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "c:x",
        "nul\0",
        "line\n",
        "Target/x",
        ".git/hooks/x",
        "src/.new.xtask-tmp",
        "Dir/a.rs",
        "dir/b.rs",
        "Lib.rs",
        "lib.rs",
        "both",
        "both/x",
    ];
    let files: Files = bad
        .iter()
        .map(|path| ((*path).to_owned(), ours("")))
        .collect();
    let messages = FolderDiff::new(folder.path(), files, Layout::Package).unwrap_err();
    let lines: Vec<_> = messages
        .iter()
        .map(|message| message.to_string().lines().next().unwrap().to_owned())
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    error: the package has the file "", which has a part without a name
    error: the package has the file "../x", which leaves the folder
    error: the package has the file ".git/hooks/x", which is reserved for cargo, git or this tool
    error: the package has the file "/etc/x", which is absolute
    error: the package has the file "Target/x", which is reserved for cargo, git or this tool
    error: the package has the file "a/", which has a part without a name
    error: the package has the file "a/../../x", which leaves the folder
    error: the package has the file "a/./b", which has a part without a name
    error: the package has the file "a//b", which has a part without a name
    error: the package has the file "a\\b", which has a backslash
    error: the package has the file "c:x", which has a colon: a drive on Windows
    error: the package has the file "line\n", which has a control character
    error: the package has the file "nul\0", which has a control character
    error: the package has the file "src/.new.xtask-tmp", which is reserved for cargo, git or this tool
    error: the package has "Lib.rs" and "lib.rs", one name on a disk that ignores case
    error: the package has "both" as a file and as a folder
    error: the package has "Dir" and "dir", one name on a disk that ignores case
    "#);
    insta::assert_snapshot!(messages[0], @r#"
    error: the package has the file "", which has a part without a name
       = help: this is a defect of the generator; nothing was written
    "#);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_file_outside_of_any_package_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let messages =
        FolderDiff::new(folder.path(), files(&[("lib.rs", "")]), Layout::Packages).unwrap_err();
    insta::assert_snapshot!(text(&folder, messages), @r#"
    error: the package has the file "lib.rs", which is outside of any package
       = help: this is a defect of the generator; nothing was written
    "#);
}

#[test]
fn a_file_without_our_header_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::from([("lib.rs".to_owned(), "//! No header.\n".to_owned())]);
    let messages = FolderDiff::new(folder.path(), files, Layout::Package).unwrap_err();
    insta::assert_snapshot!(text(&folder, messages), @r#"
    error: the file "lib.rs" of the package lacks our header
       = help: this is a defect of the generator; nothing was written
    "#);
}

#[test]
fn an_error_names_the_file_and_leaves_no_temporary() {
    let folder = tempfile::tempdir().unwrap();
    let name = "x".repeat(300); // Longer than any file system takes.
    let error = diff(&folder, &files(&[(&name, "1")])).apply().unwrap_err();
    let text = text(&folder, [error]).replace(&name, "NAME");
    assert!(text.starts_with("error: cannot write NAME: "), "{text}");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_file_in_place_of_the_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "out", "");
    let messages = FolderDiff::new(
        &folder.path().join("out"),
        files(&[("lib.rs", "")]),
        Layout::Package,
    )
    .unwrap_err();
    let text = text(&folder, messages);
    assert!(text.starts_with("error: cannot read out: "), "{text}");
}

/// Whatever a run is interrupted at, the next one ends well.
#[test]
fn any_half_done_run_is_finished_by_the_next_one() {
    let old = [("Cargo.toml", "1"), ("src/a.rs", "1"), ("src/b/c.rs", "1")];
    let new = [("Cargo.toml", "2"), ("src/a/d.rs", "2"), ("src/b.rs", "2")];
    let all: Vec<_> = old.iter().chain(&new).collect();
    for done in 0..1_u32 << all.len() {
        let chosen = all
            .iter()
            .enumerate()
            .filter(|(index, _)| done & (1 << index) != 0)
            .map(|(_, entry)| **entry);
        let folder = folder(&chosen.collect::<Vec<_>>());
        diff(&folder, &files(&new)).apply().unwrap();
        assert!(diff(&folder, &files(&new)).is_current());
        assert_eq!(
            names(folder.path()),
            ["Cargo.toml", "src/", "src/a/", "src/a/d.rs", "src/b.rs"]
        );
    }
}

/// Someone replaces a folder between the comparison and the writing.
#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_is_not_followed() {
    let elsewhere = folder(&[("lib.rs", "theirs"), ("old.rs", "theirs")]);
    let before = tree(elsewhere.path());
    let wanted = files(&[("src/lib.rs", "new")]);
    for stale in ["src/lib.rs", "src/old.rs"] {
        let folder = folder(&[(stale, "old")]);
        let diff = diff(&folder, &wanted);
        let src = folder.path().join("src");
        fs::remove_dir_all(&src).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), &src).unwrap();
        let error = diff.apply().unwrap_err();
        let expected = "error: src has become a symbolic link\n   \
                        = help: links are never followed: remove it\n";
        assert_eq!(text(&folder, [error]), expected);
        assert_eq!(tree(elsewhere.path()), before);
    }
}
