//! Errors of a kind, with any source.

use std::{error::Error as StdError, time::Duration};

use google_cloud_gax::error::{CredentialsError, Error};

use super::{invalid::InvalidRequest, limits};

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

#[cold]
pub(crate) fn invalid_request(problem: InvalidRequest) -> Error {
    Error::binding(problem)
}

#[cold]
pub(crate) fn configuration(message: impl Into<BoxError>) -> Error {
    Error::binding(limits::source(message.into()))
}

#[cold]
pub(crate) fn serialization(source: impl Into<BoxError>) -> Error {
    Error::ser(limits::source(source.into()))
}

#[cold]
pub(crate) fn deserialization(source: impl Into<BoxError>) -> Error {
    Error::deser(limits::source(source.into()))
}

pub(crate) fn authentication(source: CredentialsError) -> Error {
    Error::authentication(source)
}

/// The error of a connection on which no byte came for the limit.
#[cold]
pub(crate) fn silence(limit: Duration) -> Error {
    Error::timeout(format!(
        "of {limit:?} without a byte; `with_idle_timeout` sets it"
    ))
}

/// The error of an attempt that exceeded its time limit.
#[cold]
pub(crate) fn timeout(limit: Duration) -> Error {
    Error::timeout(format!("of {limit:?}"))
}
