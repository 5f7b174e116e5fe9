//! Runs cargo, and collects its messages by package.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;

use cargo_metadata::{Message as CargoMessage, PackageId, TargetKind};

use super::{diagnostic, times};
use crate::message::{Message, shown};
use crate::survey::progress::Progress;

/// The number of lines shown of cargo's own output.
const TAIL: usize = 20;

/// The tool that checks the packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// `cargo clippy`, which compiles libraries and examples, too.
    Clippy,
    /// `cargo doc`.
    Rustdoc,
}

impl Tool {
    /// Returns a bar for this number of packages.
    pub(super) fn progress(self, packages: usize) -> Progress {
        let verb = match self {
            Self::Clippy => "Compiling",
            Self::Rustdoc => "Documenting",
        };
        Progress::new(verb, packages)
    }
}

/// A run of cargo.
pub(super) struct Cargo<'a> {
    pub(super) tool: Tool,
    /// The folder of the workspace.
    pub(super) folder: &'a Path,
    pub(super) packages: &'a [&'a str],
    /// The number of packages checked at once.
    pub(super) jobs: usize,
    pub(super) progress: &'a Progress,
}

/// The output of a run.
#[derive(Default)]
struct Output<'a> {
    problems: BTreeMap<&'a str, Vec<Message>>,
    /// Packages whose library is finished.
    built: BTreeSet<&'a str>,
    /// Standard error.
    log: String,
}

impl<'a> Cargo<'a> {
    /// Returns the problems of each package that has any.
    ///
    /// # Errors
    ///
    /// Cargo could not be run, or failed before the first package.
    pub(super) fn run(&self) -> Result<BTreeMap<&'a str, Vec<Message>>, Message> {
        let failed = |error: io::Error| Message::error(format!("cannot run cargo: {error}"));
        let mut child = self.command().spawn().map_err(failed)?;
        let Output {
            mut problems,
            built,
            log,
        } = self.listen(&mut child).map_err(failed)?;
        if child.wait().map_err(failed)?.success() {
            return Ok(problems);
        }
        if problems.is_empty() && built.is_empty() {
            let text = format!("`{}` failed", self.name());
            return Err(Message::error(text).details(tail(&log)));
        }
        for package in self.packages {
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
            times::measure(&mut command, self.folder);
            command.args(["--", "-D", "warnings"]);
        }
        command
    }

    fn listen(&self, child: &mut Child) -> io::Result<Output<'a>> {
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            let log = scope.spawn(|| text(stderr));
            let mut output = Output::default();
            let messages = stdout.map(|stdout| CargoMessage::parse_stream(BufReader::new(stdout)));
            for message in messages.into_iter().flatten() {
                self.receive(message?, &mut output);
            }
            output.log = log.join().unwrap_or_else(|_| Ok(String::new()))?;
            Ok(output)
        })
    }

    fn receive(&self, message: CargoMessage, output: &mut Output<'a>) {
        match message {
            CargoMessage::CompilerArtifact(artifact)
                if artifact.target.kind == [TargetKind::Lib] =>
            {
                if let Some(package) = self.package(&artifact.package_id) {
                    self.progress.step(package);
                    output.built.insert(package);
                }
            }
            CargoMessage::CompilerMessage(message) => {
                let package = self.package(&message.package_id);
                let message = diagnostic::message(&message.message, self.folder);
                if let Some((package, message)) = package.zip(message) {
                    output.problems.entry(package).or_default().push(message);
                }
            }
            _ => {}
        }
    }

    /// Returns the package of this id, such as `path+file:///x/packages/google-a-v1#0.1.0`: its
    /// folder has its name.
    fn package(&self, id: &PackageId) -> Option<&'a str> {
        let path = id.repr.split('#').next()?;
        let folder = path.rsplit('/').next()?;
        self.packages.iter().copied().find(|name| *name == folder)
    }
}

/// Returns a cargo command in that folder, with its output piped.
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
