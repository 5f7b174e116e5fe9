//! Builds [`google_cloud_gax::error::Error`]s from the failures of services and connections.
//!
//! Only the modules below call the hidden constructors of that crate, so a change of them is a
//! change in one place.

mod attempts;
mod codes;
mod connection;
mod constructors;
mod credentials;
mod decode;
pub(crate) mod excerpt;
mod ext;
mod final_attempt;
pub(crate) mod invalid;
pub(crate) mod limits;
mod operation;
mod payload;
mod rate_limit;
mod transfer;

pub use google_cloud_gax::error::Error;

pub use attempts::AttemptsError;
pub(crate) use codes::{code_of_http, http_of_code, http_of_json, of_json as code_of_json};
pub(crate) use connection::connection;
pub(crate) use constructors::{
    authentication, configuration, deserialization, invalid_request, serialization, silence,
    timeout,
};
pub(crate) use credentials::{broken_credentials, no_credentials, no_token};
pub(crate) use decode::undecodable;
pub use ext::ErrorExt;
pub(crate) use final_attempt::{exhausted, permanent};
pub use operation::OperationError;
pub(crate) use operation::{
    cannot_cancel, operation, operation_deadline, operation_failed, unreachable_operation,
};
pub use payload::ErrorPayload;
pub(crate) use payload::{from_element, from_reply};
pub(crate) use rate_limit::is_rate_limit;
pub use transfer::MediaError;
pub(crate) use transfer::{broken, media, session_lost};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
