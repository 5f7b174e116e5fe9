//! A generated client in the repository of somebody else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sandbox::{DOCUMENT, Sandbox};

/// The workspace that uses the client, with a program.
const WORKSPACE: &str = r#"[workspace]
members = ["app", "clients/*"]
resolver = "3"
"#;

const APP: &str = r#"[package]
name = "app"
version = "1.0.0"
edition = "2024"

[dependencies]
google-tiny-v1 = { path = "../clients/tiny" }
"#;

const MAIN: &str = "fn main() {
    let thing = google_tiny_v1::schemas::Thing::default();
    println!(\"{thing:?}\");
}
";

/// The repository of this package.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A folder outside of this workspace, with the repository of somebody else.
struct Theirs {
    sandbox: Sandbox,
    root: PathBuf,
}

impl Theirs {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let root = sandbox.path("theirs");
        for (path, text) in [
            ("theirs/Cargo.toml", WORKSPACE),
            ("theirs/app/Cargo.toml", APP),
            ("theirs/app/src/main.rs", MAIN),
            ("tiny.v1.json", DOCUMENT),
        ] {
            sandbox.write(path, text);
        }
        // With the versions of this workspace, most dependencies have been downloaded and compiled.
        let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
        sandbox.write("theirs/Cargo.lock", &lock);
        Self { sandbox, root }
    }

    /// Runs codegen of this workspace.
    fn codegen(&self, folder: &str, arguments: &[&str]) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("codegen")
            .arg("--document")
            .arg(self.sandbox.path("tiny.v1.json"))
            .arg("--out")
            .arg(self.sandbox.path(folder))
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    }

    /// Runs cargo in their workspace, which must not complain. A patch has the place of the registry.
    fn cargo(&self, arguments: &[&str]) {
        let runtime = repository().join("generator/runtime");
        let patch = format!("patch.crates-io.discovery-runtime.path={runtime:?}");
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--quiet", "--offline", "--config", &patch])
            .current_dir(&self.root)
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
            )
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && stderr.is_empty(),
            "cargo {}: {stderr}{stdout}",
            arguments.join(" ")
        );
    }

    fn git(&self, arguments: &[&str]) {
        let author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        let folder = ["-C", self.root.to_str().unwrap()];
        self.sandbox
            .git(&[&folder[..], &author, arguments].concat());
    }
}

#[test]
fn a_client_moves_into_another_workspace() {
    let theirs = Theirs::new();
    theirs.codegen("elsewhere/tiny", &["--runtime", "0.1.0"]);
    fs::create_dir(theirs.root.join("clients")).unwrap();
    let moved = theirs.root.join("clients/tiny");
    fs::rename(theirs.sandbox.path("elsewhere/tiny"), &moved).unwrap();
    theirs.git(&["init", "--quiet"]);
    theirs.git(&["add", "--all"]);
    theirs.git(&["commit", "--quiet", "--message", "All"]);

    theirs.codegen("theirs/clients/tiny", &["--check"]);
    theirs.cargo(&["check", "--package", "app"]);
    theirs.cargo(&["test", "--package", "google-tiny-v1"]);
    theirs.cargo(&["package", "--package", "google-tiny-v1", "--allow-dirty"]);
}
