//! Paths of the files of a package: inside it, with names that every file system allows.

use std::collections::BTreeSet;

use generator::Package;

/// The maximal length of a path: Windows allows 260 characters, with the folder of the package.
const LONGEST: usize = 200;

/// File names that are devices on Windows, whatever follows the dot:
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Files and folders in which cargo looks for programs.
const PROGRAMS: &[&str] = &[
    "src/main.rs",
    "src/bin/",
    "src/bin.rs",
    "build.rs",
    "tests/",
    "benches/",
];

pub(crate) fn check(package: &Package) -> Result<(), String> {
    let mut folded = BTreeSet::new();
    for path in package.files.keys() {
        let fault = fault(path);
        if let Some(fault) = fault {
            return Err(format!("the path `{path}` {fault}"));
        }
        if !folded.insert(path.to_ascii_lowercase()) {
            return Err(format!("two files are called `{path}`"));
        }
    }
    for file in [
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "surface.json",
        "src/lib.rs",
        "src/schemas.rs",
    ] {
        if !package.files.contains_key(file) {
            return Err(format!("there is no {file}"));
        }
    }
    Ok(())
}

/// Returns a reason why a path cannot be that of a file in a package.
pub(crate) fn fault(path: &str) -> Option<String> {
    if path.len() > LONGEST {
        return Some(format!("has {} bytes", path.len()));
    }
    if PROGRAMS.iter().any(|program| path.starts_with(program)) {
        return Some("is that of a program".to_owned());
    }
    let mut parts = path.split('/');
    let is_known = match parts.clone().count() {
        1 => matches!(
            path,
            "Cargo.toml" | "LICENSE-APACHE" | "LICENSE-MIT" | "README.md" | "surface.json"
        ),
        2 => matches!(parts.next(), Some("src" | "examples")),
        _ => parts.next() == Some("src"),
    };
    if !is_known {
        return Some("is outside of the folders of a package".to_owned());
    }
    path.split('/').find_map(fault_in_part)
}

fn fault_in_part(part: &str) -> Option<String> {
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_port = |stem: &str| {
        let number = stem
            .strip_prefix("com")
            .or_else(|| stem.strip_prefix("lpt"));
        number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if stem.is_empty() || !part.chars().all(is_plain) || part.ends_with('.') {
        Some(format!("has the part `{part}`"))
    } else if DEVICES.contains(&stem.as_str()) || is_port(&stem) {
        Some("is that of a device on Windows".to_owned())
    } else if part == "mod.rs" {
        Some("is that of the module around it".to_owned())
    } else {
        None
    }
}
