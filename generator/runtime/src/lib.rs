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
mod call;
mod client;
mod description;
mod error;
mod http_body;
mod media;
mod null_fields;
mod open_enum;
mod page;
mod poller;
mod request;
mod shape;
mod transport;
pub mod wire;

pub use any::Any;
pub use bytes::Bytes;
pub use call::request::{MethodRequest, Request};
pub use client::{Client, builder::ClientBuilder, tls::install_crypto_provider};
pub use description::{
    method::{DownloadPath, Method, UploadPath, Verb},
    pattern::Pattern,
    service::Service,
};
pub use error::{
    AttemptsError, Error, ErrorExt, ErrorPayload, OperationError, Result, invalid::InvalidRequest,
};
pub use google_cloud_auth;
pub use google_cloud_gax::{
    self,
    error::rpc::Code,
    options::{RequestOptions, RequestOptionsBuilder, internal::RequestBuilder},
};
pub use google_cloud_rpc::model::Status;
pub use google_cloud_wkt::{Duration, FieldMask, Timestamp};
pub use http;
pub use http_body::HttpBody;
pub use media::{
    Checksums, Download, Media, MediaError, MediaStream, Resumable, Simple, Upload, UploadSession,
};
pub use open_enum::{OpenEnum, UnknownValue};
pub use page::{Items, Pages};
pub use poller::{
    Cancellation, Poller, PollingResult, States,
    operation::Operation,
    service::{OperationService, WaitTimeout},
};
pub use request::parameter::ParameterValue;
pub use reqwest;
pub use serde_json::Value;
pub use transport::{Body, Call, Reply, Transport};

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
