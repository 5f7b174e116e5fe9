//! What the clients generated from Google API Discovery documents stand on.

#![warn(missing_docs)]

mod any;
mod auth;
mod builder;
mod client;
mod endpoint;
mod error;
mod headers;
mod http_transport;
mod invalid;
mod media;
mod method;
mod open_enum;
mod operation;
mod page;
mod parameter;
mod path;
mod pattern;
mod poller;
mod query;
mod request;
mod response;
mod retry;
mod send;
mod service;
mod tls;
mod trace;
mod transport;
mod universe;
pub mod wire;

pub use any::Any;
pub use builder::ClientBuilder;
pub use bytes::Bytes;
pub use client::Client;
pub use error::{AttemptsError, ErrorExt, ErrorPayload};
pub use google_cloud_gax::{
    error::Error,
    options::{RequestOptions, RequestOptionsBuilder, internal::RequestBuilder},
};
pub use google_cloud_rpc::model::Status;
pub use google_cloud_wkt::{Duration, FieldMask, Timestamp};
pub use invalid::InvalidRequest;
pub use media::{Media, Upload};
pub use method::{Method, UploadPath, Verb};
pub use open_enum::{OpenEnum, UnknownValue};
pub use operation::Operation;
pub use page::{Items, Pages, query_value};
pub use parameter::ParameterValue;
pub use pattern::Pattern;
pub use poller::{Cancellation, OperationService, Poller, PollingResult, States};
pub use request::Request;
pub use serde_json::Value;
pub use service::Service;
pub use tls::install_crypto_provider;
pub use transport::{Body, Call, Reply, Transport};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What [`open_enum!`] names.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub mod open_enum {
        pub use crate::open_enum::{
            Unlisted, deserialize, from_name, from_string, name, serialize,
        };
    }
}
