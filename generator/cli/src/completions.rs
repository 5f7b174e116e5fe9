//! The command `completions`, which prints the completions of a shell.

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::api::Api;
use crate::failure::Failure;
use crate::output::Output;
use crate::tree;

/// Adds the command.
pub(crate) fn add_to(command: Command) -> Command {
    let shell = Arg::new("shell")
        .required(true)
        .value_parser(value_parser!(Shell));
    let about = "Print the completions of a shell";
    command.subcommand(Command::new("completions").about(about).arg(shell))
}

/// Prints the completions of the shell that the arguments name.
pub(crate) fn print(
    api: &Api,
    matches: &ArgMatches,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let mut text = Vec::new();
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut tree::command(api, None), &api.name, &mut text);
    }
    output.bytes(&text)
}
