//! `cargo xtask`: runs the task that the command line names and prints what came of it.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use xtask::cli::{Cli, Command};
use xtask::codegen;
use xtask::message::Message;
use xtask::report;
use xtask::workspace::Workspace;

fn main() -> ExitCode {
    let start = Instant::now();
    let Command::Codegen(request) = Cli::parse().command;
    match codegen::run(&Workspace::locate(), &request) {
        Ok(outcome) => {
            complain(&outcome.warnings);
            if outcome.check && !outcome.plan.is_current() {
                complain(&[report::drift(&outcome)]);
                return ExitCode::FAILURE;
            }
            say(io::stdout(), |color| {
                report::done(&outcome, start.elapsed(), color)
            });
            ExitCode::SUCCESS
        }
        Err(messages) => {
            complain(&messages);
            ExitCode::FAILURE
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
