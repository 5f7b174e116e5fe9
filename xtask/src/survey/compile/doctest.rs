//! Runs the examples in the documentation of packages.

use std::io;
use std::path::Path;

use super::cargo;
use crate::message::{Message, shown};
use crate::survey::progress::Progress;

/// The packages some of whose examples fail, with what is said of it. One package after the other:
/// what rustdoc says of an example does not name the package.
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
            let said = [output.stdout, output.stderr].concat();
            let message = Message::error("`cargo test --doc` failed")
                .place(shown(&folder.join("packages").join(package)))
                .details(cargo::tail(&String::from_utf8_lossy(&said)));
            problems.push((package, message));
        }
        progress.step(package);
    }
    Ok(problems)
}
