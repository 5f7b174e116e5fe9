//! The command `completions`, which prints the completions of a shell.

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output::Output;

/// Adds the command.
pub(crate) fn add_to(command: Command) -> Command {
    let shell = Arg::new("shell")
        .required(true)
        .value_parser(value_parser!(Shell));
    let about = "Print the completions of a shell";
    command.subcommand(Command::new("completions").about(about).arg(shell))
}

/// Prints the completions of a command, for the shell that the arguments name.
pub(crate) fn print(
    command: &mut Command,
    matches: &ArgMatches,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let mut text = Vec::new();
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let name = command.get_name().to_owned();
        clap_complete::generate(*shell, command, name, &mut text);
    }
    output.bytes(&text)
}
