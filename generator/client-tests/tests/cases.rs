//! The clients of all small documents compile, without a warning of rustc, clippy or rustdoc.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::{Options, Package, Runtime};

#[path = "../../tests/support/mod.rs"]
mod support;

#[test]
fn clients_of_all_cases_have_no_problem() {
    let scratch = Scratch::new("cases");
    scratch.fill(&support::names());
    let mut complaints = scratch.cargo(&["clippy", "--workspace"], &["--", "-D", "warnings"]);
    complaints += &scratch.cargo(&["doc", "--no-deps", "--workspace"], &[]);
    assert!(complaints.is_empty(), "{complaints}");
}

/// A workspace below the target directory, with a client for each case.
struct Scratch {
    root: PathBuf,
}

impl Scratch {
    fn new(name: &str) -> Self {
        Self {
            root: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
        }
    }

    fn fill(&self, cases: &[String]) {
        let packages: Vec<_> = cases.iter().map(|case| generate(case)).collect();
        for package in &packages {
            for (path, text) in &package.files {
                write(&self.root.join(&package.name).join(path), text);
            }
        }
        let members: String = packages
            .iter()
            .map(|package| format!("    \"{}\",\n", package.name))
            .collect();
        write(
            &self.root.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"),
        );
        let lock =
            fs::read_to_string(support::repository().join("Cargo.lock")).expect("a lock file");
        write(&self.root.join("Cargo.lock"), &lock);
    }

    /// Runs cargo, and answers what it says.
    fn cargo(&self, arguments: &[&str], last: &[&str]) -> String {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("the target directory");
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--offline", "--quiet", "--keep-going"])
            .args(last)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target)
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

fn generate(case: &str) -> Package {
    let runtime = support::repository().join("generator/runtime");
    let mut options = Options::default();
    options.runtime = Runtime::Path(runtime.to_str().expect("a path in UTF-8").to_owned());
    match generator::generate(&support::document(case), &options) {
        Ok(package) => package,
        Err(problems) => panic!("{case}: {problems}"),
    }
}

/// Writes a file unless it is there already, so that cargo sees no change where there is none.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(path, text).expect("a new file");
}
