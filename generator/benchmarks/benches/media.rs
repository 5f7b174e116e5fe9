//! Uploads and downloads of 1 GiB over loopback, against `curl`: the throughput of whole processes,
//! and the memory above that of an idle client, for up to 10 GiB.
//!
//! The client runs in a separate process: this program, called with the name of a
//! [`client::Transfer`].

#![allow(clippy::print_stdout, reason = "benchmarks report on standard output")]

#[path = "media/client.rs"]
mod client;
#[path = "media/server.rs"]
mod server;

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use benchmarks::{Side, Unit, compare, seconds};
use client::Transfer;

const GIB: u64 = 1 << 30;
const ROUNDS: usize = 7;

fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    if let [word, url, path] = words.as_slice()
        && let Some(transfer) = Transfer::named(word)
    {
        return client::run(transfer, url, Path::new(path));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = server::start();
    let [file, target] = ["file", "target"].map(|name| folder.path().join(name));
    compare_throughput(&url, &file, &target);
    report_memory(&url, &file);
}

fn compare_throughput(url: &str, file: &Path, target: &Path) {
    sparse(file, GIB).expect("a sparse file");
    let upload = client::upload_url(url);
    let download = client::download_url(url, GIB);
    let there = ["-X", "POST", "-H", "Expect:", "-T"];
    report(
        "upload of 1 GiB from a file",
        &mut || ours(Transfer::Upload, url, file),
        &mut || curl(&there, &[file, Path::new(&upload)]),
    );
    report(
        "download of 1 GiB to a file",
        &mut || ours(Transfer::Download, &download, target),
        &mut || curl(&["-o"], &[target, Path::new(&download)]),
    );
}

/// Prints the throughput of both commands, in bytes per second.
fn report(title: &str, ours: &mut dyn FnMut() -> Output, curl: &mut dyn FnMut() -> Output) {
    let rate = |run: &mut dyn FnMut() -> Output| GIB as f64 / seconds(|| succeeded(&run()));
    compare(
        title,
        Unit::Throughput,
        ROUNDS,
        Side {
            name: "discovery-runtime",
            measure: &mut || rate(ours),
        },
        Side {
            name: "curl",
            measure: &mut || rate(curl),
        },
    );
}

fn report_memory(url: &str, file: &Path) {
    println!("peak memory above that of an idle client");
    for size in [GIB, 10 * GIB] {
        sparse(file, size).expect("a sparse file");
        let download = client::download_url(url, size);
        let runs = [
            ("upload", ours(Transfer::Upload, url, file)),
            ("download", ours(Transfer::Discard, &download, file)),
        ];
        for (name, output) in runs {
            succeeded(&output);
            let memory = String::from_utf8_lossy(&output.stdout);
            let name = format!("{name} of {} GiB", size / GIB);
            println!("  {name:<34}{:>12}", memory.trim());
        }
    }
}

/// Creates a file of zeros that takes no disk space.
fn sparse(path: &Path, size: u64) -> io::Result<()> {
    File::create(path)?.set_len(size)
}

fn ours(transfer: Transfer, url: &str, path: &Path) -> Output {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    run(command.arg(transfer.name()).arg(url).arg(path))
}

fn curl(options: &[&str], arguments: &[&Path]) -> Output {
    let mut command = Command::new("curl");
    run(command
        .args(["--silent", "--show-error", "--fail"])
        .args(options)
        .args(arguments))
}

fn run(command: &mut Command) -> Output {
    command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn succeeded(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
