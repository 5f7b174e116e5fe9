//! A small workspace in a temporary folder, and the built command in it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A document with a method and a schema.
pub(crate) const DOCUMENT: &str = include_str!("tiny.v1.json");

pub(crate) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let sandbox = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for folder in ["discovery/documents", "generator/runtime", "xtask"] {
            fs::create_dir_all(sandbox.path(folder)).unwrap();
        }
        sandbox
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn document(&self, name: &str, text: &str) {
        self.write(&format!("discovery/documents/{name}.json"), text);
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Makes a cargo workspace of this one, with an empty runtime.
    pub(crate) fn cargo_workspace(&self, members: &[&str]) {
        let manifest = format!(
            "[workspace]\nmembers = {members:?}\nexclude = [\"target\"]\nresolver = \"3\"\n"
        );
        self.write("Cargo.toml", &manifest);
        let runtime =
            "[package]\nname = \"discovery-runtime\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        self.write("generator/runtime/Cargo.toml", runtime);
        self.write("generator/runtime/src/lib.rs", "");
    }

    /// Has cargo load the workspace around a folder.
    pub(crate) fn check_workspace(&self, folder: &str) {
        let cargo = Command::new(env!("CARGO"))
            .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
            .current_dir(self.path(folder))
            .output()
            .unwrap();
        assert!(
            cargo.status.success(),
            "{}",
            String::from_utf8_lossy(&cargo.stderr)
        );
    }

    /// Commits all files to a new repository.
    pub(crate) fn commit(&self) {
        let author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        self.git(&["init", "--quiet"]);
        self.git(&["add", "--all"]);
        self.git(&[&author[..], &["commit", "--quiet", "--message", "All"]].concat());
    }

    /// Runs git, with no settings but its own.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut git = self.command("git");
        git.env("GIT_CONFIG_GLOBAL", self.path("none"));
        git.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
        assert!(git.args(arguments).status().unwrap().success());
    }

    /// Every file with its text, apart from the records by which a run saves work.
    pub(crate) fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut tree = BTreeMap::new();
        collect(self.folder.path(), &mut tree);
        tree.remove(&self.path("target/xtask-codegen.json"));
        tree
    }

    /// Runs `xtask` in this workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::new(
            &self
                .command(env!("CARGO_BIN_EXE_xtask"))
                .args(arguments)
                .output()
                .unwrap(),
        )
    }

    /// Runs `xtask` in a folder of this workspace.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let mut command = self.command(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(self.path(folder)).args(arguments);
        Run::new(&command.output().unwrap())
    }

    /// Runs `xtask` in this workspace, with these variables.
    #[cfg(unix)]
    pub(crate) fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        let mut command = self.command(env!("CARGO_BIN_EXE_xtask"));
        command.envs(variables.iter().copied()).args(arguments);
        Run::new(&command.output().unwrap())
    }

    /// Starts `xtask` in this workspace.
    #[cfg(unix)]
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// Runs `xtask` by way of a shell, which sets limits first.
    #[cfg(unix)]
    pub(crate) fn run_under(&self, limits: &str, arguments: &[&str]) -> Run {
        let script = format!("{limits}; exec \"$0\" \"$@\"");
        let mut command = self.command("sh");
        command
            .arg("-c")
            .arg(script)
            .arg(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments);
        Run::new(&command.output().unwrap())
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("CARGO_MANIFEST_DIR", self.path("xtask"));
        command
    }
}

fn collect(folder: &Path, tree: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, tree);
        } else {
            tree.insert(path.clone(), fs::read(path).unwrap());
        }
    }
}

/// The exit code and the output of a run; displayed for snapshots.
pub(crate) struct Run {
    /// The exit code; -1 for a process that was killed.
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes)
                .replace('\\', "/")
                .replace("xtask.exe", "xtask")
        };
        let code = output.status.code().unwrap_or(-1);
        Self {
            code,
            stdout: without_time(&text(&output.stdout)),
            stderr: text(&output.stderr),
        }
    }
}

/// Replaces times: `in 0.07 s` differs in every run.
fn without_time(text: &str) -> String {
    match (text.rfind(" in "), text.strip_suffix(" s\n")) {
        (Some(start), Some(_)) => format!("{} in TIME\n", &text[..start]),
        _ => text.to_owned(),
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}exit code {}", self.stdout, self.stderr, self.code)
    }
}
