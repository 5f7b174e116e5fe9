//! Credential errors.

use std::error::Error as StdError;

use super::{attempts::AttemptsError, limits};
use google_cloud_gax::error::CredentialsError;

use google_cloud_gax::error::Error;

/// Endings of the messages of credentials, which the outermost error adds again.
const ENDINGS: [&str; 2] = [
    " but future attempts may succeed",
    " and future attempts will not succeed",
];

/// Returns the error of credentials that could not be built from this source.
pub(crate) fn no_credentials<E>(source: &str, cause: E) -> Error
where
    E: StdError + Send + Sync + 'static,
{
    unavailable(source, &cause.to_string(), false, cause)
}

/// Returns the error of a token that credentials of this source could not fetch, with its causes,
/// which the message of the credentials leaves out.
pub(crate) fn no_token(source: &str, cause: CredentialsError) -> Error {
    let first: &(dyn StdError + 'static) = &cause;
    let causes = std::iter::successors(Some(first), |&cause| cause.source());
    let mut reasons: Vec<String> = Vec::new();
    for cause in causes.map(ToString::to_string) {
        let reason = reason(&cause);
        // Some repeat their own cause.
        if reasons.last().is_some_and(|last| last.contains(reason)) {
            reasons.pop();
        }
        reasons.push(reason.to_owned());
    }
    unavailable(source, &reasons.join(": "), cause.is_transient(), cause)
}

/// A cause that is long is left out: a token endpoint may reply anything.
fn unavailable<E>(source: &str, reason: &str, is_transient: bool, cause: E) -> Error
where
    E: StdError + Send + Sync + 'static,
{
    let shown = limits::text(reason.to_owned());
    let message = format!("by {source}: {shown},");
    Error::authentication(match shown == reason {
        true => CredentialsError::new(is_transient, message, cause),
        false => CredentialsError::from_msg(is_transient, message),
    })
}

/// Returns the error of credentials that panicked, with the usual reason.
pub(crate) fn broken_credentials(source: &str) -> Error {
    let message = format!(
        "by {source}: they have broken down, as they do if no default provider of cryptography is \
         installed when they are made (see `install_crypto_provider`),"
    );
    Error::authentication(CredentialsError::from_msg(false, message))
}

/// Returns the error of a token that was missing for the last attempt only.
pub(super) fn no_token_after(attempts: AttemptsError) -> Error {
    let cause = attempts.last().source().map(ToString::to_string);
    let cause = cause.unwrap_or_default();
    let reason = reason(&cause).trim_end_matches(',');
    let message = format!("in attempt {}: {reason},", attempts.count());
    Error::authentication(CredentialsError::new(false, message, attempts))
}

fn reason(message: &str) -> &str {
    let stripped = ENDINGS.iter().find_map(|end| message.strip_suffix(end));
    stripped.unwrap_or(message).trim_end_matches('.')
}
