//! Runs the examples in the documentation of packages.

use std::io;
use std::path::Path;

use super::cargo;
use crate::message::{Message, shown};
use crate::survey::progress::Progress;

/// Returns the packages with failing examples, each with the output. Packages run one by one: the
/// output of rustdoc does not name the package.
pub(super) fn run<'a>(
    folder: &Path,
    packages: Vec<&'a str>,
) -> Result<Vec<(&'a str, Message)>, Vec<Message>> {
    let progress = Progress::new("Testing", packages.len());
    let mut problems = Vec::new();
    for package in packages {
        let failed = |error: io::Error| vec![Message::error(format!("cannot run cargo: {error}"))];
        let output = cargo::command(folder)
            .args([
                "test",
                "--doc",
                "--quiet",
                "--no-fail-fast",
                "--package",
                package,
            ])
            .output()
            .map_err(failed)?;
        if !output.status.success() {
            let output = [output.stdout, output.stderr].concat();
            let message = Message::error("`cargo test --doc` failed")
                .place(shown(&folder.join("packages").join(package)))
                .details(cargo::tail(&String::from_utf8_lossy(&output)));
            problems.push((package, message));
        }
        progress.step(package);
    }
    Ok(problems)
}
