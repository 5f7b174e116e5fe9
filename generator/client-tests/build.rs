//! Builds the examples of the Checks client as programs of this package, so that its tests can run
//! them. They are copied, since rustfmt and the lints of this workspace do not apply to generated
//! code.

#![allow(clippy::print_stdout, reason = "cargo reads standard output")]

use std::path::Path;
use std::{env, fs, io};

const EXAMPLES: &str = "../../generated/checks-v1alpha/examples";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={EXAMPLES}");
    let out = env::var_os("OUT_DIR")
        .ok_or_else(|| io::Error::other("OUT_DIR is not set: run this through cargo"))?;
    for name in ["quickstart.rs", "upload.rs"] {
        let text = fs::read_to_string(Path::new(EXAMPLES).join(name))?;
        fs::write(Path::new(&out).join(name), without_head(&text))?;
    }
    Ok(())
}

/// Removes the `//!` lines, which `include!` does not accept.
fn without_head(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("//!"));
    lines.map(|line| format!("{line}\n")).collect()
}
