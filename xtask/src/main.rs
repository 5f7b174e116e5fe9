//! `cargo xtask`: runs the task that the command line names and prints its result.

use std::io::{self, IsTerminal, Write};
#[cfg(feature = "fetch")]
use std::path::Path;
use std::process::{ExitCode, ExitStatus};
use std::time::Instant;

use clap::Parser;
use xtask::cli::{Cli, Command};
use xtask::codegen;
use xtask::diff;
use xtask::message::Message;
use xtask::publish;
use xtask::report;
use xtask::workspace::Workspace;

/// Generation makes many small allocations, and the system's allocator is slow at them.
#[cfg(feature = "survey")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    #[cfg(feature = "survey")]
    if let Some(code) = xtask::survey::run_compiler() {
        return code;
    }
    let result = match Cli::parse().command {
        Command::Call(request) => call(&request),
        Command::Codegen(request) => codegen(&request),
        Command::Diff(request) => diff(&request),
        Command::Fetch(request) => fetch(&request),
        Command::Publish(request) => publish(&request),
        Command::Serve(request) => serve(&request),
        Command::Survey(request) => survey(&request),
    };
    result.unwrap_or_else(|messages| {
        print_messages(&messages);
        ExitCode::FAILURE
    })
}

#[cfg(feature = "fetch")]
fn codegen(request: &codegen::Request) -> Result<ExitCode, Vec<Message>> {
    if let Some(words) = &request.list {
        let found = xtask::fetch::list(&request.network, words).map_err(|error| vec![error])?;
        print(io::stdout(), |_| found);
        return Ok(ExitCode::SUCCESS);
    }
    if !request.needs_network() {
        return generate(request);
    }
    let request = xtask::fetch::document(&Workspace::locate(), request)?;
    let document = request.document.as_deref().unwrap_or(Path::new(""));
    print(io::stderr(), |color| report::saved(document, color));
    generate(&request)
}

#[cfg(not(feature = "fetch"))]
fn codegen(request: &codegen::Request) -> Result<ExitCode, Vec<Message>> {
    match request.needs_network() {
        true => run_with_feature("fetch", &[]),
        false => generate(request),
    }
}

fn generate(request: &codegen::Request) -> Result<ExitCode, Vec<Message>> {
    let start = Instant::now();
    let outcome = codegen::run(&Workspace::locate(), request)?;
    print_messages(&outcome.warnings);
    for refused in &outcome.refused {
        print_messages(&refused.messages);
    }
    let is_drift = outcome.check && !outcome.diff.is_current();
    if request.json {
        print(io::stdout(), |_| report::json(&outcome));
    } else if !is_drift {
        print(io::stdout(), |color| {
            report::done(&outcome, start.elapsed(), color)
        });
    }
    if is_drift {
        return Err(vec![report::drift(&outcome)]);
    }
    match outcome.refused.is_empty() {
        true => Ok(ExitCode::SUCCESS),
        false => Err(vec![report::refused(&outcome)]),
    }
}

fn diff(request: &diff::Request) -> Result<ExitCode, Vec<Message>> {
    if let Some(folders) = diff::folders::run(request)? {
        let format = if request.json {
            diff::print::folders_json
        } else {
            diff::print::table
        };
        print(io::stdout(), |_| format(&folders));
        return Ok(ExitCode::from(folders.exit_code()));
    }
    let outcome = diff::run(request)?;
    print_messages(&outcome.warnings);
    print_messages(outcome.untyped.as_slice());
    let format = if request.json {
        diff::print::json
    } else {
        diff::print::text
    };
    print(io::stdout(), |_| format(&outcome));
    Ok(ExitCode::from(outcome.class().exit_code()))
}

fn publish(request: &publish::Request) -> Result<ExitCode, Vec<Message>> {
    let one = |error: Message| vec![error];
    let workspace = Workspace::locate();
    let candidates = publish::candidates(&workspace, request).map_err(one)?;
    print(io::stdout(), |color| {
        report::publishing(&candidates, request.dry_run, color)
    });
    let status = publish::publish(&workspace, request, &candidates).map_err(one)?;
    if status.is_none_or(|status| status.success()) {
        return Ok(ExitCode::SUCCESS);
    }
    let (text, help) = match request.dry_run {
        true => (
            "cargo package failed",
            "correct the cause, and run it again",
        ),
        false => (
            "cargo publish failed",
            "run it again: what was published is left out",
        ),
    };
    Err(one(Message::error(text).help(help)))
}

#[cfg(feature = "serve")]
fn serve(request: &xtask::serve::Request) -> Result<ExitCode, Vec<Message>> {
    let serving = xtask::serve::start(&Workspace::locate(), request)?;
    print(io::stdout(), |_| serving.text());
    serving.run();
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "serve"))]
fn serve(_: &xtask::cli::Serve) -> Result<ExitCode, Vec<Message>> {
    run_with_feature("serve", &[])
}

#[cfg(feature = "survey")]
fn survey(request: &xtask::survey::Request) -> Result<ExitCode, Vec<Message>> {
    let mut notify = |message: &Message| print(io::stderr(), |color| message.line(color));
    let totals = xtask::survey::run(&Workspace::locate(), request, &mut notify)?;
    print(io::stdout(), |_| totals.table());
    Ok(match totals.failures {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

#[cfg(not(feature = "survey"))]
fn survey(_: &xtask::cli::Survey) -> Result<ExitCode, Vec<Message>> {
    run_with_feature("survey", &["--profile", "survey"])
}

#[cfg(feature = "fetch")]
fn fetch(request: &xtask::fetch::Request) -> Result<ExitCode, Vec<Message>> {
    let outcome = xtask::fetch::run(&Workspace::locate(), request)?;
    for document in &outcome.documents {
        print_messages(&document.warnings);
    }
    print(io::stdout(), |color| report::fetched(&outcome, color));
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "fetch"))]
fn fetch(_: &xtask::cli::Fetch) -> Result<ExitCode, Vec<Message>> {
    run_with_feature("fetch", &[])
}

/// The command line is a program of its own, since it needs the runtime of clients.
fn call(request: &xtask::cli::Call) -> Result<ExitCode, Vec<Message>> {
    let call = cargo(["run", "--package", "discovery-cli", "--quiet"])
        .arg("--")
        .args(&request.arguments)
        .status();
    exit_code(call, "run `cargo xcall` yourself")
}

/// Most runs need neither the network, a server nor a survey, so most builds lack the crates for them: cargo
/// makes a build that has them, and runs it with the same arguments.
#[cfg(not(all(feature = "fetch", feature = "serve", feature = "survey")))]
fn run_with_feature(feature: &str, profile: &[&str]) -> Result<ExitCode, Vec<Message>> {
    let help = format!("run `cargo run --package xtask --features {feature} -- …` yourself");
    if cfg!(windows) {
        // A program that runs cannot be replaced there.
        let text = format!("this build of xtask lacks the feature `{feature}`");
        return Err(vec![Message::error(text).help(help)]);
    }
    let build =
        format!("xtask with the feature `{feature}`: the first time this takes about a minute");
    print(io::stderr(), |color| report::building(&build, color));
    let cargo = |command: &str| {
        let mut cargo = cargo([command, "--package", "xtask", "--features", feature]);
        cargo.args(profile);
        cargo
    };
    // The build shows cargo's progress; the run has the output of the task alone.
    let status = cargo("build")
        .status()
        .and_then(|built| match built.success() {
            true => cargo("run")
                .args(["--quiet", "--"])
                .args(std::env::args_os().skip(1))
                .status(),
            false => Ok(built),
        });
    exit_code(status, &help)
}

/// Returns the beginning of a command of cargo in this workspace.
fn cargo<const N: usize>(arguments: [&str; N]) -> std::process::Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = std::process::Command::new(cargo);
    let manifest = Workspace::locate().root().join("Cargo.toml");
    cargo.args(arguments).arg("--manifest-path").arg(manifest);
    cargo
}

/// Returns the exit code of cargo, or of the program that it ran.
fn exit_code(status: io::Result<ExitStatus>, help: &str) -> Result<ExitCode, Vec<Message>> {
    match status {
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

fn print_messages(messages: &[Message]) {
    let render = |color| {
        let texts = messages.iter().map(|message| message.render(color) + "\n");
        texts.collect()
    };
    print(io::stderr(), render);
}

/// Prints a text, in colour on a terminal unless `NO_COLOR` is set.
fn print(mut stream: impl Write + IsTerminal, text: impl FnOnce(bool) -> String) {
    let wants_color = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let text = text(wants_color && stream.is_terminal());
    // A reader that closes the pipe early (`| head`) is not a failure of the task.
    let _ = stream.write_all(text.as_bytes());
}
