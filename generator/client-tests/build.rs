//! Makes the examples of the Checks client programs of this package too, so that they are there when
//! its tests run. They are copied, as rustfmt and this workspace's lints are not for what is generated.

#![allow(clippy::print_stdout, reason = "cargo reads it")]

use std::path::Path;
use std::{env, fs, io};

const EXAMPLES: &str = "../../generated/checks-v1alpha/examples";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={EXAMPLES}");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives no OUT_DIR"))?;
    for name in ["quickstart.rs", "upload.rs"] {
        let text = fs::read_to_string(Path::new(EXAMPLES).join(name))?;
        fs::write(Path::new(&out).join(name), without_head(&text))?;
    }
    Ok(())
}

/// `include!` takes no documentation of the file itself.
fn without_head(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("//!"));
    lines.map(|line| format!("{line}\n")).collect()
}
