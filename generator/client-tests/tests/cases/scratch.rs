//! A workspace of clients in the target directory.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use discovery::Document;
use generator::{Options, Package, Runtime};

use crate::{examples, round_trips, support};

/// The package with the program of [`round_trips`].
const ROUND_TRIPS: &str = "round-trips";

/// A workspace of clients, and of a package that tests their types.
pub(crate) struct Scratch {
    root: PathBuf,
    /// The packages, with the names of their documents.
    clients: Vec<(String, Package)>,
}

impl Scratch {
    /// Writes the workspace, or what changed in it.
    pub(crate) fn new(
        folder: &str,
        documents: impl IntoIterator<Item = (String, Document)>,
    ) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        let documents = documents.into_iter();
        let clients: Vec<_> = documents
            .map(|(name, document)| {
                let package = generate(&name, &document);
                (name, package)
            })
            .collect();
        let packages = || clients.iter().map(|(_, package)| package);
        let mut members = format!("    \"{ROUND_TRIPS}\",\n");
        for package in packages() {
            let folder = root.join(&package.name);
            for (path, text) in &package.files {
                write(&folder.join(path), text);
            }
            write(
                &folder.join("examples/documentation.rs"),
                &examples::program(package),
            );
            members += &format!("    \"{}\",\n", package.name);
        }
        for (path, text) in round_trips::package(ROUND_TRIPS, packages()) {
            write(&root.join(ROUND_TRIPS).join(path), &text);
        }
        write(
            &root.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"),
        );
        // With the same versions, dependencies are not compiled again.
        let lock =
            fs::read_to_string(support::repository().join("Cargo.lock")).expect("a lock file");
        write(&root.join("Cargo.lock"), &lock);
        Self { root, clients }
    }

    /// Adds the Rust code of a page as an example of a client.
    pub(crate) fn add_examples(&self, client: &str, page: &str) {
        let path = self.root.join(client).join("examples/page.rs");
        write(&path, &examples::of_page(page));
    }

    /// Returns the output of clippy.
    pub(crate) fn clippy(&self) -> String {
        self.cargo(
            &[
                "clippy",
                "--keep-going",
                "--workspace",
                "--lib",
                "--examples",
            ],
            &["--", "-D", "warnings"],
        )
    }

    /// Returns the output of clippy with each feature alone, and without features.
    pub(crate) fn clippy_of_each_feature(&self) -> String {
        let features: Vec<_> = self
            .clients
            .iter()
            .map(|(_, package)| (&package.name, features(package)))
            .collect();
        let most = features
            .iter()
            .map(|(_, features)| features.len())
            .max()
            .unwrap_or_default();
        (0..=most)
            .map(|index| {
                let chosen = features
                    .iter()
                    .filter_map(|(name, features)| Some((name, features.get(index)?)));
                let chosen: Vec<_> = chosen
                    .map(|(name, feature)| format!("{name}/{feature}"))
                    .collect();
                let mut arguments =
                    vec!["clippy", "--keep-going", "--lib", "--no-default-features"];
                let chosen_features = format!("--features={}", chosen.join(","));
                arguments.push(&chosen_features);
                for (name, features) in &features {
                    if features.len() >= index.max(1) {
                        arguments.extend(["--package", name]);
                    }
                }
                self.cargo(&arguments, &["--", "-D", "warnings"])
            })
            .collect()
    }

    /// Returns the output of rustdoc.
    pub(crate) fn documentation(&self) -> String {
        self.cargo(&["doc", "--keep-going", "--workspace", "--no-deps"], &[])
    }

    /// Runs the examples of these clients that need no network, and returns the output.
    pub(crate) fn running_examples(&self, cases: &[&str]) -> String {
        let chosen = self
            .clients
            .iter()
            .filter(|(case, _)| cases.contains(&case.as_str()));
        let mut arguments = vec!["test", "--doc", "--no-fail-fast"];
        for (_, package) in chosen {
            arguments.extend(["--package", &package.name]);
        }
        self.cargo(&arguments, &[])
    }

    /// Reads and writes values of all types of all clients, and returns the output.
    pub(crate) fn round_trips(&self) -> String {
        self.cargo(&["test", "--package", ROUND_TRIPS], &[])
    }

    /// Checks an example of the first client, and returns the output.
    pub(crate) fn example(&self, name: &str, program: &str) -> String {
        let Some((_, package)) = self.clients.first() else {
            return String::new();
        };
        let file = format!("{}/examples/{name}.rs", package.name);
        write(&self.root.join(file), program);
        self.cargo(
            &["check", "--package", &package.name, "--example", name],
            &[],
        )
    }

    /// Runs cargo, and returns its output. Dependencies are offline, from the build of this
    /// workspace.
    fn cargo(&self, arguments: &[&str], trailing: &[&str]) -> String {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("the target directory");
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--offline", "--quiet"])
            .args(trailing)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target)
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            return said;
        }
        let printed = String::from_utf8_lossy(&output.stdout);
        format!("{said}{printed}cargo: {}", output.status)
    }
}

fn generate(name: &str, document: &Document) -> Package {
    let runtime = support::repository().join("generator/runtime");
    let mut options = Options::default();
    options.runtime = Runtime::Path(runtime.to_str().expect("a path in UTF-8").to_owned());
    match generator::generate(document, &options) {
        Ok(package) => package,
        Err(problems) => panic!("{name}: {problems}"),
    }
}

/// Returns the cargo features that a package declares, except the default.
fn features(package: &Package) -> Vec<&str> {
    let manifest = package.files["Cargo.toml"].lines();
    manifest
        .filter_map(|line| line.strip_suffix(" = []"))
        .collect()
}

/// Writes a file if its content changed, so that cargo rebuilds only changed packages.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(path, text).expect("a new file");
}
