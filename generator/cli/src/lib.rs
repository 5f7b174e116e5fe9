//! Typed command lines for Google APIs.
//!
//! An [`Api`] is plain data; the command line is built from it at run time, and calls through
//! the runtime of generated clients, so that paths, retries, uploads and operations are theirs:
//!
//! ```text
//! checks accounts apps list accounts/1 --all --format table
//! checks media upload accounts/1/apps/2 --upload app.aab --set appBinaryFileType=ANDROID_AAB
//! checks accounts apps operations cancel accounts/1/apps/2/operations/3 --dry-run
//! checks schema GoogleChecksReportV1alphaReport
//! ```
//!
//! The exit code is 0 after success; 2 for invalid arguments; 3 if the service refuses the request, 4 if
//! it refuses the credentials, 5 if the resource does not exist, 6 if the service fails; 7 if it cannot be
//! reached in time; 1 after any other failure.

#![warn(missing_docs)]

pub mod api;
mod body;
mod call;
mod client;
mod completions;
#[cfg(feature = "document")]
mod document;
mod dry_run;
mod failure;
mod flags;
#[cfg(feature = "login")]
mod login;
mod media;
mod names;
mod operations;
mod output;
mod pages;
mod parameters;
mod request;
mod scalar;
mod schema_page;
mod set;
mod statics;
mod tree;

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use api::Api;
use clap::Command;
use dry_run::Recorder;
pub use failure::Failure;
use output::{Format, Output};

/// Returns the command of an API, with all arguments of all methods.
pub fn command(api: &Api) -> Command {
    tree::command(api, None)
}

/// Runs a command line, whose first word is the name of the program.
///
/// Results go to standard output and messages to standard error.
pub async fn run(api: &Api, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    use std::io::{stderr, stdout};
    match call(api, arguments, &mut stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // A closed pipe is the reader's decision.
            let _ = match failure.usage() {
                Some(error) => error.print(),
                None => writeln!(stderr(), "error: {failure}"),
            };
            ExitCode::from(failure.code())
        }
    }
}

/// Runs a command line, and writes its results.
///
/// # Errors
///
/// If the arguments are invalid or the call fails; also for `--help`, whose text is the error's.
pub async fn call(
    api: &Api,
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut (dyn Write + Send),
) -> Result<(), Failure> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let words: HashSet<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let matches = tree::command(api, Some(&words)).try_get_matches_from(&arguments)?;
    let mut names = Vec::new();
    let mut last = &matches;
    while let Some((name, inner)) = last.subcommand() {
        names.push(name);
        last = inner;
    }
    let format = last.get_one("format").copied().unwrap_or(Format::Json);
    let mut output = Output::new(out, format);
    if names == ["schema"] {
        return schema_page::print(api, last, &mut output);
    }
    if names == ["completions"] {
        return completions::print(&mut command(api), last, &mut output);
    }
    #[cfg(feature = "login")]
    if names == ["logout"] {
        return login::log_out(api, last).await;
    }
    let method = tree::find(api, &names)
        .ok_or_else(|| Failure::invalid(format!("there is no method {}", names.join("."))))?;
    if !last.get_flag("dry-run") {
        let client = client::build(api, last, None::<Recorder>).await?;
        return call::run(api, method, last, &client, &mut output).await;
    }
    let recorder = Recorder::default();
    let client = client::build(api, last, Some(recorder.clone())).await?;
    let outcome = call::run(api, method, last, &client, &mut output).await;
    match recorder.command() {
        Some(command) => output.line(&command),
        None => outcome,
    }
}
