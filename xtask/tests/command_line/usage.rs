//! Arguments and help.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

#[test]
fn mistakes_on_the_command_line_are_named() {
    let sandbox = Sandbox::new();
    let runs = [
        &["codegen", "--chekc"][..],
        &["codgen"],
        &["codegen", "tiny.json"],
        &["codegen", "--out", "out"],
        &["codegen", "--overlay", "tiny.overlay.json"],
    ];
    for arguments in runs {
        assert_eq!(sandbox.run(arguments).code, 2, "{arguments:?}");
    }
    assert_snapshot!(sandbox.run(runs[0]), @"
    error: unexpected argument '--chekc' found

      tip: a similar argument exists: '--check'

    Usage: cargo xtask codegen --check [NAME] [VERSION]

    For more information, try '--help'.
    exit code 2
    ");
    assert_snapshot!(sandbox.run(runs[2]), @"
    error: invalid value 'tiny.json' for '[NAME]': a file is given by `--document FILE`

    For more information, try '--help'.
    exit code 2
    ");
    assert_snapshot!(sandbox.run(runs[3]), @"
    error: the following required arguments were not provided:
      <--document <FILE>|NAME>

    Usage: cargo xtask codegen --out <DIR> <--document <FILE>|NAME> [VERSION]

    For more information, try '--help'.
    exit code 2
    ");
}

#[test]
fn help_describes_each_command() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["help"]), @"
    The tasks of this workspace

    Usage: cargo xtask <COMMAND>

    Commands:
      call     Call a method of any API, without generating its client
      codegen  Generate client crates from Discovery documents
      diff     Compare the Rust API of two clients
      fetch    Fetch documents from Google, byte for byte as published
      publish  Publish the packages of this workspace that the registry lacks
      serve    Serve a stateful fake of APIs over HTTP
      survey   Generate from every document of a folder, and print totals
      help     Print this message or the help of the given subcommand(s)

    Options:
      -h, --help  Print help
    exit code 0
    ");
    assert_snapshot!(sandbox.run(&["help", "codegen"]), @"
    Generate client crates from Discovery documents

    Without NAME, VERSION or --document: from every document in discovery/documents, each with its NAME.overlay.json if there is one, to generated/NAME-VERSION. Writes changed files, and removes generated files that are no longer needed.

    A crate that changes gets its next version and an entry in its CHANGELOG.md, derived from the changes of its API. A new revision of a document that changes nothing else is not released.

    Usage: cargo xtask codegen [OPTIONS] [NAME] [VERSION]

    Arguments:
      [NAME]
              The name of an API, such as drive: its document is fetched to target/documents

      [VERSION]
              Its version, such as v3

    Options:
          --list [<WORD>...]
              List the APIs in Google's directory that contain all of these words

          --check
              Write nothing; fail if a file is missing, differs or is stale

          --keep-going
              Write the packages of the other documents although some are refused
              
              The packages of refused documents stay as they are, nothing is removed, the refused documents are listed at the end, and the exit code is 1.

          --release-revisions
              Release packages of which only the revision of the document differs

          --json
              Print the report as JSON

          --document <FILE>
              Generate from this document only

          --overlay <FILE>
              Correct the document with this JSON merge patch (RFC 7396)

          --out <DIR>
              The folder of the crate
              
              Not needed for a document of discovery/documents: its crate is in generated/.

          --runtime <RUNTIME>
              Depend on this runtime: a version, URL#COMMIT of a git repository, or the path of its folder
              
              Without it, a new crate in this workspace depends on the runtime's folder, and one elsewhere on the commit of this checkout, if a remote has it, else on the published version. The crate records its runtime, and keeps it when it is generated again.

          --only <PATTERN>
              Generate a small client: only these methods, and the types that they need
              
              The path of a method's resource and its name, such as `instances.list`, its id, or the name of a schema; `*` stands for any text. May be given several times. The crate records it, and stays small when it is generated again without --only.

          --all
              Generate the complete client again after --only

          --directory <URL>
              The directory of APIs, which lists the addresses of documents
              
              [default: https://www.googleapis.com/discovery/v1/apis]

          --timeout <SECONDS>
              The time limit for a response
              
              [default: 60]

      -h, --help
              Print help (see a summary with '-h')
    exit code 0
    ");
    assert_eq!(sandbox.run(&[]).code, 2);
}

/// Replaces cargo by a script that prints its arguments.
#[cfg(all(
    unix,
    not(feature = "fetch"),
    not(feature = "serve"),
    not(feature = "survey")
))]
fn with_cargo(sandbox: &Sandbox, arguments: &[&str]) -> String {
    use std::os::unix::fs::PermissionsExt;

    sandbox.write(
        "cargo",
        "#!/bin/sh\necho \"$@\"\n[ $1 = build ] || exit 7\n",
    );
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(sandbox.path("cargo"), executable).unwrap();
    let cargo = sandbox.path("cargo");
    let run = sandbox.run_with(&[("CARGO", cargo.to_str().unwrap())], arguments);
    let root = sandbox.path("").display().to_string();
    run.to_string().replace(&root, "ROOT/")
}

#[cfg(all(
    unix,
    not(feature = "fetch"),
    not(feature = "serve"),
    not(feature = "survey")
))]
#[test]
fn a_build_without_a_feature_runs_cargo_to_make_one() {
    let sandbox = Sandbox::new();
    assert_snapshot!(with_cargo(&sandbox, &["fetch", "checks", "v1alpha", "--allow-older"]), @"
    build --package xtask --features fetch --manifest-path ROOT/Cargo.toml
    run --package xtask --features fetch --manifest-path ROOT/Cargo.toml --quiet -- fetch checks v1alpha --allow-older
        Building xtask with the feature `fetch`: the first time this takes about a minute
    exit code 7
    ");
    assert_snapshot!(with_cargo(&sandbox, &["survey", "folder"]), @"
    build --package xtask --features survey --manifest-path ROOT/Cargo.toml --profile survey
    run --package xtask --features survey --manifest-path ROOT/Cargo.toml --profile survey --quiet -- survey folder
        Building xtask with the feature `survey`: the first time this takes about a minute
    exit code 7
    ");
    let nowhere = sandbox.run_with(&[("CARGO", "./nowhere")], &["fetch"]);
    assert_snapshot!(nowhere, @"
        Building xtask with the feature `fetch`: the first time this takes about a minute
    error: cannot run cargo: No such file or directory (os error 2)
       = help: run `cargo run --package xtask --features fetch -- …` yourself

    exit code 1
    ");
}
