//! The program that is tested, and its results.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use discovery::Document;

use crate::support::{Answer, Recorded, Server};

pub(crate) const CHECKS: &str = "discovery/documents/checks.v1alpha.json";
pub(crate) const DRIVE: &str = "generator/client-tests/documents/drive.v3.json";

/// Returns the path of a file of this repository.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

/// Returns a document, with the overlay beside it.
pub(crate) fn document(name: &str) -> Document {
    let path = path(name);
    let overlay = std::fs::read_to_string(path.with_extension("overlay.json")).ok();
    let text = std::fs::read_to_string(path).unwrap();
    Document::parse(&text, overlay.as_deref()).unwrap().document
}

fn command(document: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_call-document"));
    command
        .arg(path(document))
        .args(arguments)
        .env_remove("GOOGLE_APPLICATION_CREDENTIALS");
    command
}

/// Runs a command line that sends nothing.
pub(crate) fn run(document: &str, arguments: &[&str]) -> Output {
    command(document, arguments).output().unwrap()
}

/// Runs a command line without credentials while a server replies.
pub(crate) async fn call(
    document: &str,
    arguments: &[&str],
    script: impl IntoIterator<Item = Answer>,
) -> (Output, Vec<Recorded>) {
    let server = Server::start(script).await;
    let mut command = command(document, arguments);
    command.args(["--anonymous", "--endpoint", &server.url]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = tokio::task::spawn_blocking(|| child.wait_with_output());
    (output.await.unwrap().unwrap(), server.requests())
}

/// Returns standard output of a run that succeeded.
pub(crate) fn printed(output: &Output) -> &str {
    assert!(output.status.success(), "{output:?}");
    std::str::from_utf8(&output.stdout).unwrap()
}

/// Returns standard error of a run that ended with this code.
pub(crate) fn message(output: &Output, code: i32) -> &str {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    std::str::from_utf8(&output.stderr).unwrap()
}

pub(crate) fn json(body: &str) -> Answer {
    Answer::json("200 OK", body)
}
