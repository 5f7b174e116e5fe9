//! Failures of a command: one line for a reader, an exit code for a program.

use std::fmt;

use discovery_runtime::{Error, ErrorExt as _};

/// The reason that a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// A mistake in the arguments.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 2,
        }
    }

    /// A failure of this machine, such as a full disk.
    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 1,
        }
    }

    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
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
        Self {
            message: error.to_string(),
            code,
        }
    }
}
