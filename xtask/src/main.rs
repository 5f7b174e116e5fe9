//! `cargo xtask`: runs the task that the command line names and prints what came of it.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use xtask::cli::{Cli, Command};
use xtask::codegen;
use xtask::diff;
use xtask::message::Message;
use xtask::report;
use xtask::survey;
use xtask::workspace::Workspace;

/// Generating is mostly small allocations, which the system's allocator is slow at.
#[cfg(feature = "survey")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Codegen(request) => codegen(&request),
        Command::Diff(request) => diff(&request),
        Command::Fetch(request) => fetch(&request),
        Command::Survey(request) => survey(&request),
    };
    done.unwrap_or_else(|messages| {
        complain(&messages);
        ExitCode::FAILURE
    })
}

fn codegen(request: &codegen::Request) -> Result<ExitCode, Vec<Message>> {
    let start = Instant::now();
    let outcome = codegen::run(&Workspace::locate(), request)?;
    complain(&outcome.warnings);
    if outcome.check && !outcome.plan.is_current() {
        return Err(vec![report::drift(&outcome)]);
    }
    say(io::stdout(), |color| {
        report::done(&outcome, start.elapsed(), color)
    });
    Ok(ExitCode::SUCCESS)
}

fn diff(request: &diff::Request) -> Result<ExitCode, Vec<Message>> {
    let outcome = diff::run(request)?;
    complain(&outcome.warnings);
    let print = if request.json {
        diff::print::json
    } else {
        diff::print::text
    };
    say(io::stdout(), |_| print(&outcome));
    Ok(ExitCode::from(outcome.class().exit_code()))
}

fn survey(request: &survey::Request) -> Result<ExitCode, Vec<Message>> {
    let mut tell = |message: &Message| say(io::stderr(), |color| message.line(color));
    let totals = survey::run(&Workspace::locate(), request, &mut tell)?;
    say(io::stdout(), |_| totals.table());
    Ok(if totals.failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(feature = "fetch")]
fn fetch(request: &xtask::fetch::Request) -> Result<ExitCode, Vec<Message>> {
    let outcome = xtask::fetch::run(&Workspace::locate(), request)?;
    for document in &outcome.documents {
        complain(&document.warnings);
    }
    say(io::stdout(), |color| report::fetched(&outcome, color));
    Ok(ExitCode::SUCCESS)
}

/// Most runs need no network, and most builds have nothing that speaks to it: cargo makes the one
/// that does, and runs it with the same arguments.
#[cfg(not(feature = "fetch"))]
fn fetch(_: &xtask::cli::Fetch) -> Result<ExitCode, Vec<Message>> {
    let help = "run `cargo xfetch` instead of `cargo xtask fetch`";
    if cfg!(windows) {
        // A program that runs cannot be replaced there.
        let text = "this build of xtask cannot reach the network";
        return Err(vec![Message::error(text).help(help)]);
    }
    say(io::stderr(), |color| {
        report::building("xtask with the feature `fetch`", color)
    });
    let manifest = Workspace::locate().root().join("Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = std::process::Command::new(cargo)
        .args([
            "run",
            "--package",
            "xtask",
            "--features",
            "fetch",
            "--quiet",
        ])
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--")
        .args(std::env::args_os().skip(1))
        .status();
    match run {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
        }
        Err(error) => {
            let text = format!("cannot run cargo: {error}");
            Err(vec![Message::error(text).help(help)])
        }
    }
}

fn complain(messages: &[Message]) {
    let render = |color| {
        messages
            .iter()
            .map(|message| message.render(color) + "\n")
            .collect()
    };
    say(io::stderr(), render);
}

/// Prints a text, in colour for a terminal whose owner has not asked for none.
fn say(mut stream: impl Write + IsTerminal, text: impl FnOnce(bool) -> String) {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let text = text(wanted && stream.is_terminal());
    // A reader that has seen enough (`| head`) is no failure of the task.
    let _ = stream.write_all(text.as_bytes());
}
