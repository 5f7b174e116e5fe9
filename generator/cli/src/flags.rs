//! Flags that commands share. A parameter of the same name gets the prefix `api-`.

use clap::{Arg, ArgAction, ArgMatches, Command, builder::ValueParser, value_parser};

use crate::output::Format;

/// Adds the flags of every command: the client's, and those of the output.
pub(crate) fn global(command: Command) -> Command {
    let client = [
        value("endpoint", "URL", "Call this URL instead of the service"),
        value(
            "key-file",
            "FILE",
            "Use the key of a service account; the default is Application Default Credentials",
        ),
        value("api-key", "KEY", "Use an API key"),
        switch("anonymous", "Send no credentials"),
        #[cfg(feature = "login")]
        value(
            "login",
            "FILE",
            "Act as a user, who logs in once to the OAuth client in this file",
        ),
        #[cfg(feature = "login")]
        value(
            "user",
            "EMAIL",
            "The account to log in to, or that a service account acts for (with --key-file)",
        ),
        value("quota-project", "PROJECT", "Charge quota to this project"),
        value(
            "scope",
            "URL",
            "Request this OAuth 2.0 scope instead of the default ones; may be repeated",
        )
        .action(ArgAction::Append),
        value("timeout", "SECONDS", "Limit the time of each attempt")
            .value_parser(value_parser!(u64)),
        value(
            "retries",
            "N",
            "Repeat a call at most N times, if it may be repeated",
        )
        .value_parser(value_parser!(u32)),
        switch(
            "dry-run",
            "Print the request as a curl command, and send nothing",
        ),
    ];
    let output = [value("format", "FORMAT", "The form of the result")
        .value_parser(value_parser!(Format))
        .default_value("json")
        .hide_default_value(true)];
    let heading = |arguments: Vec<Arg>, heading: &'static str| {
        let arguments = arguments.into_iter();
        arguments
            .map(move |argument| argument.global(true).help_heading(heading))
            .collect::<Vec<_>>()
    };
    command
        .args(heading(client.into(), "Client"))
        .args(heading(output.into(), "Output"))
}

/// The flags of methods with a JSON body.
pub(crate) fn body() -> [Arg; 2] {
    [
        value(
            "body",
            "JSON",
            "The request body: JSON, @FILE, or - for standard input",
        ),
        value(
            "set",
            "PATH=VALUE",
            "Set a field of the body, such as report.name=x or apps[0].id=5",
        )
        .action(ArgAction::Append),
    ]
}

/// The flag of methods with a body of any media type.
pub(crate) fn raw_body() -> [Arg; 2] {
    [
        value(
            "body",
            "BYTES",
            "The request body: text, @FILE, or - for standard input",
        ),
        value("content-type", "TYPE", "The media type of the body")
            .default_value("application/octet-stream"),
    ]
}

/// The flags of methods that take media.
pub(crate) fn upload() -> [Arg; 2] {
    [
        value("upload", "FILE", "Upload this file"),
        value(
            "upload-type",
            "TYPE",
            "Its media type, if that does not follow from its name",
        ),
    ]
}

/// The flag of methods that return media.
pub(crate) fn output() -> Arg {
    value(
        "output",
        "FILE",
        "Download the media into this file; - is standard output",
    )
}

/// The flags of lists.
pub(crate) fn pages() -> [Arg; 2] {
    [
        switch("all", "List the elements of all pages"),
        value("limit", "N", "List at most N elements, over as many pages")
            .value_parser(value_parser!(usize))
            .conflicts_with("all"),
    ]
}

/// The flags of methods that start operations.
pub(crate) fn operation() -> [Arg; 2] {
    [
        switch(
            "async",
            "Print the operation that was started, and do not wait for it",
        ),
        deadline(),
    ]
}

/// The flags of methods that get operations.
pub(crate) fn wait() -> [Arg; 2] {
    [
        switch(
            "wait",
            "Wait for the end of the operation, and print its result",
        ),
        deadline(),
    ]
}

fn deadline() -> Arg {
    value("deadline", "SECONDS", "Wait at most this long").value_parser(value_parser!(u64))
}

/// The names that parameters cannot have.
pub(crate) const RESERVED: &[&str] = &[
    "all",
    "anonymous",
    "api-key",
    "async",
    "body",
    "content-type",
    "deadline",
    "dry-run",
    "endpoint",
    "format",
    "help",
    "key-file",
    "limit",
    "login",
    "output",
    "quota-project",
    "retries",
    "scope",
    "set",
    "timeout",
    "upload",
    "upload-type",
    "user",
    "wait",
];

fn value(name: &'static str, of: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(of)
        .help(help)
        .value_parser(ValueParser::string())
}

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .help(help)
        .action(ArgAction::SetTrue)
}

/// Returns the value of a flag that not all methods have.
pub(crate) fn optional<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches
        .try_get_one::<String>(name)
        .ok()
        .flatten()
        .map(String::as_str)
}

/// Returns whether a switch that not all methods have is set.
pub(crate) fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches
        .try_get_one::<bool>(name)
        .ok()
        .flatten()
        .is_some_and(|is_set| *is_set)
}
