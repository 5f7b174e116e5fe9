//! What the clients generated from Google API Discovery documents stand on.
//!
//! A generated client says *what* a service offers: [`Service`], [`Method`]s, messages. This crate
//! knows *how* to call it:
//!
//! * [`ClientBuilder`]: endpoint, credentials, policies, TLS, or an HTTP client of one's own;
//! * [`Request`]: path, query and body as data, checked before anything is sent;
//! * retries by the policies of [`google_cloud_gax`], by default those of
//!   [AIP-194](https://google.aip.dev/194);
//! * [`Pages`] and [`Items`], [`Poller`], [`Upload`] and [`Download`];
//! * errors that are [`google_cloud_gax::error::Error`], with more to ask by [`ErrorExt`];
//! * [`wire`] and [`open_enum!`], the JSON forms that serde does not know;
//! * a span of [`tracing`] for each call, and an event for each attempt.
//!
//! # Tests without a network
//!
//! A [`Transport`] stands for the network. All else is as in production: what the transport gets is
//! what would be sent, and what it replies goes through retries and decoding.
//!
//! ```
//! use discovery_runtime::{
//!     Call, Client, ClientBuilder, Code, Method, Reply, Result, Service, Transport, Value, Verb,
//! };
//!
//! static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/");
//! static GET: Method = Method::new("checks.accounts.apps.get", Verb::Get, "v1alpha/{+name}");
//!
//! #[derive(Debug)]
//! struct Fake;
//!
//! impl Transport for Fake {
//!     async fn send(&self, call: Call) -> Result<Reply> {
//!         match (call.method(), call.path_parameter("name")) {
//!             ("checks.accounts.apps.get", Some(name)) => {
//!                 Reply::json(&serde_json::json!({"name": name, "title": "Mine"}))
//!             }
//!             _ => Ok(Reply::error(Code::NotFound, "no such app")),
//!         }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! let client: Client = ClientBuilder::new(&SERVICE).with_transport(Fake).build().await?;
//! let app: Value = client.request(&GET).path("name", "accounts/1/apps/2").send().await?;
//! assert_eq!(app["title"], "Mine");
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! `ring` (default) or `aws-lc` is the cryptography of TLS. With neither, the program installs a
//! default provider of `rustls`, or brings a `reqwest::Client`.

#![warn(missing_docs)]

mod any;
mod auth;
mod builder;
mod client;
mod endpoint;
mod error;
mod headers;
mod http_body;
mod http_transport;
mod incoming;
mod invalid;
mod media;
mod method;
mod null_fields;
mod open_enum;
mod operation;
mod options;
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
mod shape;
mod tls;
mod trace;
mod transport;
mod universe;
pub mod wire;

pub use any::Any;
pub use builder::ClientBuilder;
pub use bytes::Bytes;
pub use client::Client;
pub use error::{AttemptsError, ErrorExt, ErrorPayload, OperationError};
pub use google_cloud_auth;
pub use google_cloud_gax::{
    self,
    error::{Error, rpc::Code},
    options::{RequestOptions, RequestOptionsBuilder, internal::RequestBuilder},
};
pub use google_cloud_rpc::model::Status;
pub use google_cloud_wkt::{Duration, FieldMask, Timestamp};
pub use http;
pub use http_body::HttpBody;
pub use invalid::InvalidRequest;
pub use media::{
    Checksums, Download, Media, MediaError, MediaStream, Resumable, Simple, Upload, UploadSession,
};
pub use method::{DownloadPath, Method, UploadPath, Verb};
pub use open_enum::{OpenEnum, UnknownValue};
pub use operation::Operation;
pub use page::{Items, Pages};
pub use parameter::ParameterValue;
pub use pattern::Pattern;
pub use poller::{Cancellation, OperationService, Poller, PollingResult, States, WaitTimeout};
pub use request::{MethodRequest, Request};
pub use reqwest;
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
