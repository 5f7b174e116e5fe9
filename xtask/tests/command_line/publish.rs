//! `cargo xtask publish`: what it leaves to cargo, whose place a script takes.
#![cfg(unix)]

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

/// Lists three packages that may be published, one of them only to the registry `mine`. The file `published` has what the registry knows.
const CARGO: &str = r#"#!/bin/sh
for last; do :; done
case $1 in
metadata) cat metadata.json ;;
info) case $(cat published) in
    offline) echo 'error: failed to query registry' >&2; exit 101 ;;
    *"$last "*) ;;
    *) echo "error: could not find \`$last\` in registry" >&2; exit 101 ;;
    esac ;;
*) echo "cargo $*"; exit "$(cat code)" ;;
esac
"#;

const METADATA: &str = r#"{"packages": [
    {"name": "google-tiny-v1", "version": "0.2.0+20260101", "publish": null, "repository": REPOSITORY},
    {"name": "discovery-runtime", "version": "0.1.0", "publish": null, "repository": REPOSITORY},
    {"name": "google-huge-v1", "version": "0.1.0", "publish": ["mine"], "repository": REPOSITORY},
    {"name": "xtask", "version": "0.1.0", "publish": []}
]}"#;

fn publish(published: &str, code: &str, more: &[&str]) -> String {
    publish_from("https://example.com/a/b", published, code, more)
}

fn publish_from(repository: &str, published: &str, code: &str, more: &[&str]) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("cargo", CARGO);
    let cargo = sandbox.path("cargo");
    std::fs::set_permissions(&cargo, Permissions::from_mode(0o755)).unwrap();
    let metadata = METADATA.replace("REPOSITORY", &format!("{repository:?}"));
    sandbox.write("metadata.json", &metadata);
    sandbox.write("published", published);
    sandbox.write("code", code);
    let arguments = [&["publish"], more].concat();
    let run = sandbox.run_with(&[("CARGO", cargo.to_str().unwrap())], &arguments);
    run.to_string()
}

#[test]
fn all_packages_that_the_registry_lacks_are_published_at_once() {
    assert_snapshot!(publish("", "0", &[]), @"
             New discovery-runtime 0.1.0
             New google-tiny-v1 0.2.0+20260101
      Publishing 2 of 2 packages
    cargo publish --package discovery-runtime --package google-tiny-v1
    exit code 0
    ");
}

#[test]
fn the_same_command_resumes() {
    let some = "discovery-runtime@0.1.0 google-tiny-v1@0.2.0 ";
    assert_snapshot!(publish(some, "101", &["--registry", "mine"]), @"
       Published discovery-runtime 0.1.0
             New google-huge-v1 0.1.0
       Published google-tiny-v1 0.2.0+20260101
      Publishing 1 of 3 packages
    cargo publish --package google-huge-v1 --registry mine
    error: cargo publish failed
       = help: run it again: what was published is left out

    exit code 1
    ");
    let all = "discovery-runtime@0.1.0 google-tiny-v1@0.2.0 google-huge-v1@0.1.0 ";
    assert_snapshot!(publish(all, "101", &[]), @"
       Published discovery-runtime 0.1.0
       Published google-tiny-v1 0.2.0+20260101
      Publishing 0 of 2 packages
    exit code 0
    ");
}

#[test]
fn a_registry_out_of_reach_is_not_an_empty_one() {
    assert_snapshot!(publish("offline", "0", &[]), @"
    error: cargo info google-tiny-v1@0.2.0 failed
       error: failed to query registry
       = help: nothing was published; correct the cause, and run it again

    exit code 1
    ");
}

#[test]
fn a_dry_run_builds_all_packages_and_needs_no_registry() {
    assert_snapshot!(publish("offline", "0", &["--dry-run"]), @"
         Package discovery-runtime 0.1.0
         Package google-tiny-v1 0.2.0+20260101
    cargo package --package discovery-runtime --package google-tiny-v1
    exit code 0
    ");
    assert_snapshot!(publish("offline", "101", &["--dry-run", "--registry", "mine"]), @"
         Package discovery-runtime 0.1.0
         Package google-huge-v1 0.1.0
         Package google-tiny-v1 0.2.0+20260101
    cargo package --package discovery-runtime --package google-huge-v1 --package google-tiny-v1 --registry mine
    error: cargo package failed
       = help: correct the cause, and run it again

    exit code 1
    ");
}

#[test]
fn a_package_without_a_public_repository_is_not_published() {
    assert_snapshot!(publish_from("https://git.example/a", "", "0", &[]), @"
    error: google-tiny-v1 does not name its repository
       = note: `repository` is `https://git.example/a`
       = help: correct it in `[workspace.package]` of Cargo.toml, and run `cargo xtask codegen`

    exit code 1
    ");
}
