//! Runs cargo, and reads what it says of each package.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;

use super::diagnostic::{self, Line};
use crate::message::{Message, shown};
use crate::survey::progress::Progress;

/// The last lines of cargo's own output that are told if it does not say what is wrong otherwise.
const TAIL: usize = 20;

/// What looks at the packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// `cargo clippy`, which compiles them, too: libraries and examples.
    Clippy,
    /// `cargo doc`.
    Rustdoc,
}

/// A run of cargo.
pub(super) struct Cargo<'a> {
    pub(super) tool: Tool,
    /// The folder of the workspace.
    pub(super) folder: &'a Path,
    pub(super) packages: Vec<&'a str>,
    /// How many packages are looked at at once.
    pub(super) jobs: usize,
}

impl<'a> Cargo<'a> {
    /// The problems of each package that has any.
    ///
    /// # Errors
    ///
    /// Cargo could not be run, or could not begin.
    pub(super) fn run(&self) -> Result<BTreeMap<&'a str, Vec<Message>>, Message> {
        let failed = |error: io::Error| Message::error(format!("cannot run cargo: {error}"));
        let mut child = self.command().spawn().map_err(failed)?;
        let (lines, log) = self.listen(&mut child).map_err(failed)?;
        let success = child.wait().map_err(failed)?.success();
        let (mut problems, mut built) = (BTreeMap::<_, Vec<_>>::new(), BTreeSet::new());
        for line in lines {
            match line {
                Line::Built { package } => {
                    built.extend(self.known(&package));
                }
                Line::Problem { package, message } => {
                    if let Some(package) = self.known(&package) {
                        problems.entry(package).or_default().push(message);
                    }
                }
            }
        }
        if success {
            return Ok(problems);
        }
        if problems.is_empty() && built.is_empty() {
            let text = format!("`{}` failed", self.name());
            return Err(Message::error(text).details(tail(&log)));
        }
        for package in &self.packages {
            if !built.contains(package) && !problems.contains_key(package) {
                let text = format!("`{}` did not finish with {package}", self.name());
                let message = Message::error(text)
                    .place(shown(&self.folder.join("packages").join(package)))
                    .details(tail(&log));
                problems.insert(package, vec![message]);
            }
        }
        Ok(problems)
    }

    fn name(&self) -> &'static str {
        match self.tool {
            Tool::Clippy => "cargo clippy",
            Tool::Rustdoc => "cargo doc",
        }
    }

    fn command(&self) -> Command {
        let mut command = command(self.folder);
        match self.tool {
            Tool::Clippy => command.args(["clippy", "--lib", "--examples"]),
            Tool::Rustdoc => {
                let flags = env::var("RUSTDOCFLAGS").unwrap_or_default() + " -D warnings";
                command
                    .args(["doc", "--lib", "--no-deps"])
                    .env("RUSTDOCFLAGS", flags)
            }
        };
        command
            .args(["--quiet", "--keep-going", "--message-format=json"])
            .arg(format!("--jobs={}", self.jobs))
            .args(self.packages.iter().map(|name| format!("--package={name}")));
        if self.tool == Tool::Clippy {
            command.args(["--", "-D", "warnings"]);
        }
        command
    }

    /// What cargo says of packages, and what else it says.
    fn listen(&self, child: &mut Child) -> io::Result<(Vec<Line>, String)> {
        let verb = match self.tool {
            Tool::Clippy => "Compiling",
            Tool::Rustdoc => "Documenting",
        };
        let progress = Progress::new(verb, self.packages.len());
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            let log = scope.spawn(|| text(stderr));
            let mut lines = Vec::new();
            for line in stdout
                .map(BufReader::new)
                .into_iter()
                .flat_map(BufRead::lines)
            {
                let Some(line) = diagnostic::read(&line?, self.folder) else {
                    continue;
                };
                if let Line::Built { package } = &line {
                    progress.step(package);
                }
                lines.push(line);
            }
            let log = log.join().unwrap_or_else(|_| Ok(String::new()))?;
            Ok((lines, log))
        })
    }

    fn known(&self, package: &str) -> Option<&'a str> {
        self.packages
            .iter()
            .copied()
            .find(|known| *known == package)
    }
}

/// Cargo in that folder, which is listened to.
pub(super) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(folder)
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn text(stderr: Option<ChildStderr>) -> io::Result<String> {
    let mut bytes = Vec::new();
    if let Some(mut stderr) = stderr {
        stderr.read_to_end(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn tail(log: &str) -> Vec<String> {
    let lines: Vec<_> = log.lines().collect();
    let start = lines.len().saturating_sub(TAIL);
    lines
        .iter()
        .skip(start)
        .map(|line| (*line).to_owned())
        .collect()
}
