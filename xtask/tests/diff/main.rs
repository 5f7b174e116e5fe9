//! How the APIs of two packages differ.

mod revisions;
mod rules;
mod words;

use xtask::diff::{self, Outcome, print};
use xtask::sync::Files;

const MANIFEST: &str = r#"
[package]
name = "google-tiny-v1"
version = "0.1.0"
rust-version = "1.91"

[dependencies]
discovery-runtime = { path = "runtime", version = "0.1.0" }

[features]
default = ["a"]
a = []

[package.metadata.discovery]
document = "tiny:v1"
revision = "20250101"
"#;

/// A package of this manifest, with this at the root of its crate.
fn package(manifest: &str, root: &str) -> Files {
    let files = [("Cargo.toml", manifest), ("src/lib.rs", root)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    files.into()
}

/// Compares two crates by what is at their roots.
fn compare(old: &str, new: &str) -> Outcome {
    diff::between(package(MANIFEST, old), package(MANIFEST, new)).unwrap()
}

/// The class and the changes, without headings.
fn told(outcome: &Outcome) -> String {
    let text = print::text(outcome);
    let lines = text.lines().filter(|line| line.starts_with(['-', ' ']));
    let lines: String = lines.map(|line| format!("\n{line}")).collect();
    format!("{}{lines}", print::summary(outcome))
}
