//! Errors of the HTTP library.

use std::{error::Error as StdError, fmt};

use crate::Error;

/// What went wrong with a connection, told down to its cause: the library's own message is but
/// "error sending request". Without the URL, whose query may hold a key.
#[derive(Debug)]
struct ConnectionError(reqwest::Error);

impl fmt::Display for ConnectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        for cause in causes(self) {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl StdError for ConnectionError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// The error of a request that got no reply, or of a reply that broke off.
pub(crate) fn connection(source: reqwest::Error) -> Error {
    let error = ConnectionError(source.without_url());
    if error.0.is_connect() {
        return Error::connect(error);
    }
    if error.0.is_timeout() {
        return Error::timeout(error);
    }
    // Media that cannot be read cannot be read again.
    let ours = causes(&error).find_map(|cause| cause.downcast_ref::<Error>());
    let unreadable = ours.filter(|cause| cause.is_serialization());
    if let Some(media) = unreadable.and_then(StdError::source) {
        return Error::ser(media.to_string());
    }
    Error::io(error)
}

/// An answer that came by a redirect, which the HTTP client should not have followed.
pub(crate) fn redirected(url: &reqwest::Url) -> Error {
    let origin = url.origin().ascii_serialization();
    Error::binding(format!(
        "the HTTP client followed a redirect to {origin}: build it with \
         `reqwest::redirect::Policy::none()`"
    ))
}

fn causes(error: &ConnectionError) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}
