//! Failures of a command: one line for a reader, an exit code for a program.

use std::fmt;

use discovery_runtime::{Error, ErrorExt as _};

/// The reason that a command failed.
#[derive(Debug)]
pub struct Failure {
    message: String,
    code: u8,
    usage: Option<Box<clap::Error>>,
}

impl Failure {
    /// A mistake in the arguments.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(message, 2)
    }

    /// Credentials that cannot be had.
    #[cfg(feature = "login")]
    pub(crate) fn credentials(message: impl Into<String>) -> Self {
        Self::new(message, 4)
    }

    /// A failure of this machine, such as a full disk.
    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self::new(message, 1)
    }

    fn new(message: impl Into<String>, code: u8) -> Self {
        Self {
            message: message.into(),
            code,
            usage: None,
        }
    }

    /// The exit code of the program.
    pub fn code(&self) -> u8 {
        self.code
    }

    /// The help or the message about arguments that the command line does not have.
    pub(crate) fn usage(&self) -> Option<&clap::Error> {
        self.usage.as_deref()
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        let code = u8::try_from(error.exit_code()).unwrap_or(2);
        Self {
            usage: Some(Box::new(error)),
            ..Self::new("", code)
        }
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.usage {
            Some(error) => error.fmt(f),
            None => f.write_str(&self.message),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.reported_http_status() {
            _ if error.is_binding() => 2,
            Some(401 | 403) => 4,
            Some(404) => 5,
            Some(400..500) => 3,
            Some(500..) => 6,
            _ if error.is_authentication() => 4,
            _ if error.is_timeout() || error.is_io() || error.is_connect() => 7,
            _ => 1,
        };
        Self::new(error.to_string(), code)
    }
}
