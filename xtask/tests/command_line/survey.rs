//! `cargo xtask survey`: its figures and messages.

use insta::assert_snapshot;

use crate::sandbox::{DOCUMENT, Run, Sandbox};

/// Runs a survey. Figures that differ between runs and systems are left out.
fn survey(sandbox: &Sandbox, more: &[&str]) -> Run {
    let mut run = sandbox.run(&[&["survey", "in"][..], more].concat());
    let figures = run.stdout.lines().map(|line| match line.rsplit_once(' ') {
        Some((name, _)) if name.starts_with("seconds") => format!("{:<21}TIME\n", name.trim_end()),
        _ => format!("{line}\n"),
    });
    let figures: String = figures
        .filter(|line| !line.starts_with("peak memory"))
        .collect();
    run.stdout = figures;
    run
}

fn sandbox(documents: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, text) in documents {
        sandbox.write(&format!("in/{name}.json"), text);
    }
    sandbox
}

#[test]
fn documents_are_counted_and_nothing_is_written() {
    let sandbox = sandbox(&[("one", DOCUMENT), ("two", DOCUMENT), ("three", DOCUMENT)]);
    sandbox.write("in/README.md", "No document.");
    let before = sandbox.tree();
    assert_snapshot!(survey(&sandbox, &[]), @"
    documents                    3
    methods                      3
    types                        3
    failures                     0
    warnings                     0
    seconds              TIME
    exit code 0
    ");
    assert_eq!(sandbox.tree(), before);
    #[cfg(target_os = "linux")]
    assert!(
        sandbox
            .run(&["survey", "in"])
            .stdout
            .contains("\npeak memory, MiB ")
    );
}

#[test]
fn problems_come_in_lines_in_the_order_of_files() {
    let bad = DOCUMENT.replace("\"GET\"", "\"GOT\"");
    let odd = DOCUMENT.replace("\"title\"", "\"novelty\": 1,\n  \"title\"");
    let sandbox = sandbox(&[
        ("z", &bad),
        ("m", &odd),
        ("a", "{"),
        ("fixed", &bad),
        ("gone.overlay", "{}"),
    ]);
    let overlay = r#"{"resources": {"things": {"methods": {"get": {"httpMethod": "GET"}}}}}"#;
    sandbox.write("in/fixed.overlay.json", overlay);
    assert_snapshot!(survey(&sandbox, &[]), @"
    documents                    4
    methods                      2
    types                        2
    failures                     3
    warnings                     1
    seconds              TIME
    error: in/gone.overlay.json corrects gone.json, which is not there
    in/a.json:1:1: error: the text is not JSON: EOF while parsing an object
    in/m.json:8:14: warning: the key `novelty` is not known in a document
    in/z.json:30:25: error: `GOT` is not a known value
    exit code 1
    ");
}

#[test]
fn a_folder_without_documents_is_a_failure() {
    let sandbox = sandbox(&[]);
    sandbox.write("in/README.md", "No document.");
    assert_snapshot!(survey(&sandbox, &[]), @"
    documents                    0
    methods                      0
    types                        0
    failures                     1
    warnings                     0
    seconds              TIME
    error: in has no document
    exit code 1
    ");
    sandbox.remove("in/README.md");
    std::fs::remove_dir(sandbox.path("in")).unwrap();
    let run = survey(&sandbox, &[]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.starts_with("error: cannot read in: "), "{run}");
}

/// Runs a survey with scripts in place of cargo: `sh clippy …` runs the file `clippy` in the folder
/// of the survey.
#[cfg(unix)]
fn with_cargo(sandbox: &Sandbox, clippy: &str, doc: &str, more: &[&str]) -> Run {
    let begin = "echo \"$0 $* $RUSTDOCFLAGS\" >> calls\n";
    let line = r#"say() { printf '%s, %s}\n' \
        "{\"package_id\": \"path+file://$PWD/packages/$1#0.1.0\", \"manifest_path\": \"$1\"" "$2" ; }"#;
    for (name, script) in [("clippy", clippy), ("doc", doc), ("test", doc)] {
        let script = format!("{begin}{line}\n{script}\n");
        sandbox.write(&format!("target/survey/{name}"), &script);
    }
    let arguments = [&["survey", "in", "--compile", "9"][..], more].concat();
    let mut run = sandbox.run_under("export CARGO=sh", &arguments);
    run.stdout.clear();
    run
}

/// A line of cargo, and a problem in such a line, without their package.
#[cfg(unix)]
const BUILT: &str = concat!(
    r#"'"reason": "compiler-artifact", "features": [], "filenames": [], "fresh": false, "#,
    r#""target": {"name": "a", "kind": ["lib"], "src_path": "lib.rs"}, "profile": {"#,
    r#""opt_level": "0", "debug_assertions": true, "overflow_checks": true, "test": false}'"#,
);
#[cfg(unix)]
const PROBLEM: &str = concat!(
    r#"'"reason": "compiler-message", "target": {"name": "a", "kind": ["lib"], "src_path": "lib.rs"}, "#,
    r#""message": {"message": "unused import: `a`", "level": "error", "children": [], "#,
    r#""code": {"code": "unused_imports"}, "spans": [{"is_primary": true, "text": [], "#,
    r#""file_name": "packages/google-tiny-v1/src/lib.rs", "line_start": 7, "line_end": 7, "#,
    r#""column_start": 5, "column_end": 6, "byte_start": 0, "byte_end": 1}], "#,
    r#""rendered": "error: unused\n  |\n7 | use a;\n"}'"#,
);

#[cfg(unix)]
#[test]
fn messages_of_the_compiler_come_package_by_package() {
    let other = DOCUMENT.replace("tiny", "other");
    let sandbox = sandbox(&[("other", &other), ("tiny", DOCUMENT), ("twin", DOCUMENT)]);
    let clippy = format!(
        "say google-other-v1 {BUILT}\nsay google-tiny-v1 {PROBLEM}\n\
         say discovery-runtime {PROBLEM}\nexit 101"
    );
    let doc = format!("say google-tiny-v1 {BUILT}\necho 'error: killed' >&2\nexit 101");
    let run = with_cargo(&sandbox, &clippy, &doc, &["--doc"]);
    assert_snapshot!(run, @"
    in/other.json: error: the package has 1 problem
    target/survey/packages/google-other-v1: error: `cargo doc` did not finish with google-other-v1
        error: killed
    in/tiny.json: error: the package has 1 problem
    target/survey/packages/google-tiny-v1/src/lib.rs:7:5: error: unused import: `a` [unused_imports]
          |
        7 | use a;
    exit code 1
    ");
    assert_snapshot!(sandbox.read("target/survey/calls").replace(&jobs(), "--jobs=CORES"), @"
    clippy --lib --examples --quiet --keep-going --message-format=json --jobs=CORES --package=google-other-v1 --package=google-tiny-v1 -- -D warnings 
    doc --lib --no-deps --quiet --keep-going --message-format=json --jobs=CORES --package=google-other-v1 --package=google-tiny-v1  -D warnings
    ");
    assert_snapshot!(sandbox.read("target/survey/Cargo.toml"), @r#"
    # Written by `cargo xtask survey`.

    [workspace]
    resolver = "3"
    members = [
        "packages/google-other-v1",
        "packages/google-tiny-v1",
    ]

    # Little of it runs, and most of it is compiled once.
    [profile.dev]
    debug = false
    incremental = false
    "#);
    let manifest = sandbox.read("target/survey/packages/google-tiny-v1/Cargo.toml");
    assert!(
        manifest.contains(r#"path = "../../../../generator/runtime""#),
        "{manifest}"
    );
}

#[cfg(unix)]
#[test]
fn examples_are_run_package_by_package() {
    let other = DOCUMENT.replace("tiny", "other");
    let sandbox = sandbox(&[("other", &other), ("tiny", DOCUMENT)]);
    let test = "case \"$*\" in *other*) echo 'a doctest panicked'; exit 101;; esac";
    let run = with_cargo(&sandbox, "true", test, &["--doctest"]);
    assert_snapshot!(run, @"
    in/other.json: error: the package has 1 problem
    target/survey/packages/google-other-v1: error: `cargo test --doc` failed
        a doctest panicked
    exit code 1
    ");
    let calls = sandbox.read("target/survey/calls");
    let tests: Vec<_> = calls.lines().skip(1).map(str::trim_end).collect();
    let call = "test --doc --quiet --no-fail-fast --package google";
    assert_eq!(
        tests,
        [format!("{call}-other-v1"), format!("{call}-tiny-v1")]
    );
}

#[cfg(unix)]
fn jobs() -> String {
    let cores = std::thread::available_parallelism().unwrap();
    format!("--jobs={cores}")
}

#[cfg(unix)]
#[test]
fn packages_without_a_problem_are_counted() {
    let sandbox = sandbox(&[("tiny", DOCUMENT)]);
    let run = with_cargo(&sandbox, &format!("say google-tiny-v1 {BUILT}"), "", &[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    assert!(!sandbox.read("target/survey/calls").contains("doc"));
}

#[cfg(unix)]
#[test]
fn a_cargo_that_cannot_begin_is_one_problem() {
    let sandbox = sandbox(&[("tiny", DOCUMENT)]);
    let run = with_cargo(
        &sandbox,
        "echo 'error: no matching package' >&2; exit 101",
        "",
        &[],
    );
    assert_snapshot!(run, @"
    error: `cargo clippy` failed
       error: no matching package

    exit code 1
    ");
    let run = sandbox.run_under(
        "export CARGO=/nowhere/cargo",
        &["survey", "in", "--compile", "1"],
    );
    assert!(run.stderr.starts_with("error: cannot run cargo: "), "{run}");
}

#[test]
fn a_seed_chooses_what_is_compiled() {
    let run = sandbox(&[("tiny", DOCUMENT)]).run(&["survey", "in", "--seed", "1"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("--compile <N>"), "{run}");
}

/// The compiler in the line that cargo would run for the library of a package.
#[cfg(unix)]
fn compile(package: &str) -> String {
    format!(
        "CARGO_PKG_NAME={package} \"$RUSTC_WRAPPER\" true --crate-type lib\nsay {package} {BUILT}"
    )
}

/// Replaces the numbers of lines, which depend on the generator.
#[cfg(unix)]
fn without_lines(catalog: &str) -> String {
    let lines: usize = catalog.rsplit(" | ").nth(1).unwrap().parse().unwrap();
    assert!(lines > 100, "{catalog}");
    let each = catalog.replace(&format!(" {lines} "), " LINES ");
    each.replace(&format!("\n{} ", 2 * lines), "\nALL ")
}

#[cfg(unix)]
#[test]
fn the_catalogue_lists_all_apis() {
    let other = DOCUMENT.replace("tiny", "other");
    let other = other.replace("\"title\": \"", "\"title\": \"A | <b>");
    let documents = [("a", "{"), ("other.v1", &other), ("tiny.v1", DOCUMENT)];
    let sandbox = sandbox(&documents);
    let run = survey(&sandbox, &["--catalog"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.ends_with("discovery/CATALOG.md\n"), "{run}");
    assert_snapshot!(without_lines(&sandbox.read("discovery/CATALOG.md")), @r"
    # Catalogue of APIs

    Written by `cargo xsurvey FOLDER --catalog` from 3 published documents, the newest of revision
    20260101. Refused: 1. The others gave 2 clients with 2 methods, 2 types and
    ALL lines of Rust, of which clippy compiled 0 without a warning and 0 with one.

    The last column is the seconds that clippy takes for the whole client on one core, after its
    dependencies. It is empty for a client that was not compiled. To generate a client:

        cargo xtask codegen drive v3 --out FOLDER

    | name, version | API | methods | types | lines | seconds |
    |---|---|--:|--:|--:|--:|
    | a | refused | | | | |
    | other v1 | A \| \<b>Tiny API | 1 | 1 | LINES | |
    | tiny v1 | Tiny API | 1 | 1 | LINES | |
    ");

    let clippy = format!(
        "{}\nsay google-other-v1 {PROBLEM}\nexit 101",
        compile("google-tiny-v1")
    );
    with_cargo(&sandbox, &clippy, "", &["--catalog"]);
    let catalog = sandbox.read("discovery/CATALOG.md");
    let rows: Vec<_> = catalog.lines().rev().take(2).collect();
    assert!(
        rows[0].ends_with("0.0 |") && rows[1].ends_with("fails |"),
        "{catalog}"
    );

    // A package whose document is another one has not been compiled.
    sandbox.write("in/tiny.v1.json", &DOCUMENT.replace("20260101", "20260102"));
    survey(&sandbox, &["--catalog"]);
    let catalog = sandbox.read("discovery/CATALOG.md");
    assert!(
        catalog.lines().last().unwrap().ends_with("| |"),
        "{catalog}"
    );
}

#[cfg(unix)]
#[test]
fn a_survey_that_was_stopped_continues() {
    let other = DOCUMENT.replace("tiny", "other");
    let sandbox = sandbox(&[("other", &other), ("tiny", DOCUMENT)]);
    let packages = |sandbox: &Sandbox| {
        let calls = sandbox.read("target/survey/calls");
        let last = calls.lines().last().unwrap().to_owned();
        let words = last
            .split(' ')
            .filter_map(|word| word.strip_prefix("--package="));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let clippy = format!(
        "{}\nsay google-other-v1 {PROBLEM}\nexit 101",
        compile("google-tiny-v1")
    );
    with_cargo(&sandbox, &clippy, "", &[]);
    assert_eq!(packages(&sandbox), ["google-other-v1", "google-tiny-v1"]);

    let clippy = compile("google-other-v1");
    let run = with_cargo(&sandbox, &clippy, "", &["--resume"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(packages(&sandbox), ["google-other-v1"]);

    let changed = DOCUMENT.replace("\"GET\"", "\"POST\"");
    sandbox.write("in/tiny.json", &changed);
    with_cargo(&sandbox, &compile("google-tiny-v1"), "", &["--resume"]);
    assert_eq!(packages(&sandbox), ["google-tiny-v1"]);
    with_cargo(&sandbox, &compile("google-tiny-v1"), "", &[]);
    assert_eq!(packages(&sandbox), ["google-other-v1", "google-tiny-v1"]);
}
