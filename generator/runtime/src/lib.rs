//! The runtime of clients generated from Google API Discovery documents.
//!
//! A generated client describes a service: [`Service`], [`Method`]s, messages. This crate calls it:
//!
//! * [`ClientBuilder`]: endpoint, credentials, policies, TLS, or a custom HTTP client;
//! * [`Request`]: path, query and body as data, checked before anything is sent;
//! * retries by the policies of [`google_cloud_gax`], by default those of
//!   [AIP-194](https://google.aip.dev/194);
//! * [`Pages`] and [`Items`], [`MessageStream`], [`Poller`], [`Upload`] and [`Download`];
//! * errors as [`google_cloud_gax::error::Error`], with further accessors in [`ErrorExt`];
//! * [`message!`] and [`open_enum!`], JSON as Google writes it;
//! * a span of [`tracing`] for each call, and an event for each attempt.
//!
//! # Tests without a network
//!
//! A [`Transport`] replaces the network; everything else is unchanged. It gets the requests that would
//! be sent, and its replies go through retries and decoding.
//!
//! ```
//! use discovery_runtime::{
//!     Call, Client, ClientBuilder, Code, HttpMethod, Method, Reply, Result, Segment::*, Service,
//!     Transport, Value,
//! };
//!
//! static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/");
//! static GET: Method = Method::new(
//!     "checks.accounts.apps.get",
//!     HttpMethod::Get,
//!     &[Literal("v1alpha/"), Reserved("name")],
//! );
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
//! `ring` (default) or `aws-lc` provides the cryptography of TLS. With neither, the program installs a
//! default provider of `rustls`, or passes a `reqwest::Client`.

#![warn(missing_docs)]

mod call;
mod client;
mod description;
mod error;
mod json;
mod media;
mod page;
mod poller;
mod request;
mod transport;

pub use bytes::Bytes;
pub use call::{request::Request, stream::MessageStream};
pub use client::{
    Client,
    builder::ClientBuilder,
    tls::{http_client_builder, install_crypto_provider},
};
pub use description::{
    http_method::HttpMethod,
    media::{DownloadVia, MediaUpload},
    method::{Method, OperationService, WaitTimeout},
    pattern::Pattern,
    request_id::RequestId,
    service::Service,
    template::{Segment, Template},
};
pub use error::{
    AttemptsError, Error, ErrorExt, ErrorPayload, MediaError, OperationError, Result,
    invalid::InvalidRequest,
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
pub use json::{
    any::Any,
    form::JsonForm,
    http_body::HttpBody,
    into_field::IntoField,
    message::Message,
    open_enum::{OpenEnum, UnknownValue},
    unknown_fields::UnknownFields,
};
pub use media::{
    Checksums, Download, IntoMedia, Media, MediaStream, Resumable, Simple, Starts, Upload,
    UploadSession,
};
pub use page::{Pages, items::Items};
pub use poller::{
    Poller, PollingResult, cancellation::Cancellation, operation::Operation, states::States,
};
pub use request::{builder::MethodRequest, extras::RequestBuilderExt, parameter::ParameterValue};
pub use reqwest;
pub use serde_json::Value;
pub use transport::{Transport, body::Body, call::Call, reply::Reply};

/// Names that [`message!`] and [`open_enum!`] use.
#[doc(hidden)]
pub mod __private {
    pub use serde::{
        Deserialize, Deserializer, Serialize, Serializer, de::MapAccess, ser::SerializeMap,
    };

    pub use crate::json::{
        decoding::Decoding,
        form::{Decoded, deserialize},
        message::{FieldReader, FieldWriter},
    };
    pub use crate::request::builder::Sending;

    pub mod open_enum {
        pub use crate::json::open_enum::{from_json, from_name, from_string, name, to_json};
    }
}
