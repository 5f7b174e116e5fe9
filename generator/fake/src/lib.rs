//! A stateful fake of any Google API, driven by its Discovery document.
//!
//! [`Fake`] serves the requests of clients: it routes and validates them by the document, keeps the resources
//! that they create, runs long-running operations, stores media, and answers the rest with samples, which have
//! the header `x-fake-sample`. No code is specific to an API: methods have the role that the shape of
//! their path and of their messages gives them.
//!
//! ```
//! use bytes::Bytes;
//! use discovery_fake::Fake;
//! use http::Request;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let text = include_str!("../tests/documents/library.json");
//! let document = discovery::Document::parse(text, None)?.document;
//! let fake = Fake::new(document);
//! let request = Request::post("http://127.0.0.1/v1/shelves?shelfId=poems");
//! let reply = fake.call(request.body(Bytes::from(r#"{"theme": "Poems"}"#))?);
//! assert_eq!(reply.status(), 200);
//! let request = Request::get("http://127.0.0.1/v1/shelves/poems").body(Bytes::new())?;
//! assert!(String::from_utf8_lossy(fake.call(request).body()).contains("Poems"));
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

mod api;
mod call;
mod control;
#[cfg(any(feature = "server", feature = "transport"))]
mod delivery;
mod fake;
mod fields;
mod handlers;
mod incoming;
mod locate;
mod log;
mod media;
mod patterns;
mod reply;
mod rules;
#[cfg(feature = "server")]
pub mod server;
mod service;
mod settings;
mod shared;
mod state;
mod status;
#[cfg(feature = "transport")]
mod transport;
mod validate;

pub use api::Coverage;
pub use fake::Fake;
pub use log::LoggedCall;
pub use rules::{Delivery, Rule};
pub use settings::Settings;
