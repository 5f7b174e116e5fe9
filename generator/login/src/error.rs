//! Errors of logging in, each of which says how to recover.

use std::{fmt, io, time::Duration};

use google_cloud_auth::errors::CredentialsError;
use http::StatusCode;

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The failure of a login, or of a request for a token.
///
/// The message is one line that says how to recover. It never contains a token or a secret. `Debug` prints
/// the same line, since that is what a user reads of a program whose `main` returns the error.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The OAuth client, the key or an option cannot be used.
    #[error("{0}")]
    Configuration(String),

    /// Nobody has logged in yet.
    #[error("nobody is logged in to this program: log in first")]
    NotLoggedIn,

    /// The user declined the login.
    #[error("the login was declined: run the program again and allow the access it requests")]
    Denied,

    /// The user did not log in in time.
    #[error("nobody logged in within {}: run the program again", Rounded(*.0))]
    TimedOut(Duration),

    /// The user allowed only a part of the access that was requested.
    #[error("access was not granted to {}: log in again and select every box", .0.join(", "))]
    NotGranted(Vec<String>),

    /// The login has expired or was revoked.
    #[error(
        "the login has expired or was revoked: log in again (if this happens every week, publish \
         the app at https://console.cloud.google.com/auth/audience)"
    )]
    Ended,

    /// The service account may not act for users.
    #[error(
        "{account} may not act for {user}: an administrator must authorize the client ID {client} \
         for {scopes} at https://admin.google.com/ac/owl/domainwidedelegation"
    )]
    NotDelegated {
        /// The email address of the service account.
        account: String,
        /// The numeric client ID of the service account, or a description of where to find it.
        client: String,
        /// The email address of the user.
        user: String,
        /// The scopes, separated by commas, as the page accepts them.
        scopes: String,
    },

    /// The user does not exist.
    #[error("there is no user {0} in this Workspace domain: check the address")]
    UnknownUser(String),

    /// The service account or its key no longer exists.
    #[error(
        "the key of {0} was refused: it was deleted or disabled; create a new one at \
         https://console.cloud.google.com/iam-admin/serviceaccounts"
    )]
    KeyRefused(String),

    /// The identity of the program may not sign for the service account.
    #[error(
        "cannot sign as {account}: {reason}; the identity of this program needs the role \
         roles/iam.serviceAccountTokenCreator on it"
    )]
    NotSigned {
        /// The email address of the service account.
        account: String,
        /// The reply of the IAM Credentials API.
        reason: String,
        /// True if another attempt may succeed.
        is_transient: bool,
    },

    /// The clock of this machine is wrong by this much, so that signed requests are not valid.
    #[error("the clock of this machine is wrong by {}: set it", Rounded(*.0))]
    WrongClock(Duration),

    /// The server cannot be reached.
    #[error("cannot reach {host}: check the network, the proxy and the clock ({cause})")]
    Offline {
        /// The name of the host.
        host: String,
        /// The innermost cause.
        cause: String,
    },

    /// The server is overloaded or out of order.
    #[error("{host} is unavailable (HTTP status {}): try again later", .status.as_u16())]
    Unavailable {
        /// The name of the host.
        host: String,
        /// The status of its reply.
        status: StatusCode,
    },

    /// The server granted no refresh token.
    #[error(
        "Google granted access for one hour only: remove this program at \
         https://myaccount.google.com/connections, and log in again"
    )]
    NotLasting,

    /// The reply is not that of an OAuth server.
    #[error(
        "the reply is not that of an OAuth server: check the proxy, and the endpoints of the OAuth \
         client or key"
    )]
    NotOAuth,

    /// The server refused for another reason.
    #[error("Google refused the request: {0}")]
    Refused(String),

    /// The login cannot be read, stored or deleted.
    #[error("cannot {action} the login in {place}: {source}; choose another place by `with_store`")]
    Store {
        /// `read`, `save` or `delete`.
        action: &'static str,
        /// The place, as the store describes it.
        place: String,
        /// The cause.
        source: io::Error,
    },
}

impl Error {
    /// Returns whether another attempt may succeed without anyone's help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Offline { .. } | Self::Unavailable { .. } => true,
            Self::NotSigned { is_transient, .. } => *is_transient,
            _ => false,
        }
    }

    /// Returns the error for the code of an OAuth server, as RFC 6749 and RFC 8628 define it.
    pub(crate) fn from_code(code: &str, description: Option<&str>) -> Self {
        let client = "https://console.cloud.google.com/auth/clients";
        let is_of_wrong_type = |text: &str| text.to_lowercase().contains("client type");
        match code {
            "access_denied" => Self::Denied,
            "invalid_grant" => Self::Ended,
            "invalid_client" if !description.is_some_and(is_of_wrong_type) => Self::Configuration(format!(
                "the OAuth client is unknown, or its secret has changed: download it again from {client}"
            )),
            "invalid_client" | "unauthorized_client" | "unsupported_grant_type" => Self::Configuration(format!(
                "the OAuth client is not of the right type: create one for a desktop app, or for \
                 devices with limited input, at {client}"
            )),
            "admin_policy_enforced" => Self::Configuration(
                "the administrator of this account does not allow the OAuth client: it must be trusted \
                 at https://admin.google.com/ac/owl/list"
                    .to_owned(),
            ),
            _ => Self::Refused(described(code, description)),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Error> for CredentialsError {
    fn from(error: Error) -> Self {
        Self::new(error.is_transient(), error.to_string(), error)
    }
}

/// Returns the code and the description of a refusal.
pub(crate) fn described(code: &str, description: Option<&str>) -> String {
    match description {
        Some(description) => format!("{}: {}", excerpt(code), excerpt(description)),
        None => excerpt(code),
    }
}

/// Returns the beginning of untrusted text, on one line.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown.replace(char::is_control, " ")
}

/// A time in its largest unit.
struct Rounded(Duration);

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let (count, unit) = match seconds {
            0..120 => (seconds, "second"),
            120..7_200 => (seconds / 60, "minute"),
            7_200..172_800 => (seconds / 3_600, "hour"),
            _ => (seconds / 86_400, "day"),
        };
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}")
    }
}
