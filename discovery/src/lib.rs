//! The [Google API Discovery document](https://developers.google.com/discovery/v1/reference/apis),
//! as a typed model.
//!
//! [`Document::parse`] reads the text of a document, corrects it with an optional overlay, and
//! checks the invariants of the model: references resolve, path templates and parameters agree, names
//! and URLs are harmless. All problems are collected and reported together, each with its place in
//! the document, an RFC 6901 JSON pointer; [`locate`] turns a pointer into a line and a column,
//! [`locate_all`] many of them. An unknown key is a warning, so that additions to the format come to
//! light.
//!
//! ```
//! let text = r#"{
//!   "kind": "discovery#restDescription", "protocol": "rest",
//!   "id": "checks:v1alpha", "name": "checks", "version": "v1alpha",
//!   "rootUrl": "https://checks.googleapis.com/", "servicePath": "",
//!   "methods": { "ping": { "id": "checks.ping", "httpMethod": "GET", "path": "v1alpha/{+name}" } }
//! }"#;
//! let problems = discovery::Document::parse(text, None).unwrap_err();
//! assert_eq!(
//!     problems.to_string(),
//!     "error: /methods/ping/path: the path variable `name` has no parameter\n  \
//!      help: add it to `parameters`, with `\"location\": \"path\"`",
//! );
//! ```

#![warn(missing_docs)]

mod check;
mod decode;
mod document;
mod json;
mod locate;
mod method;
mod overlay;
mod parse;
mod pointer;
mod position;
mod printable;
mod problem;
mod problems;
mod read;
mod schema;
pub mod template;
mod tree;

pub use decode::{LARGEST, decode};
pub use document::{Document, Endpoint, Resource};
pub use locate::{locate, locate_all};
pub use method::{HttpMethod, MediaUpload, Method, OperationInfo, UploadProtocol};
pub use parse::Parsed;
pub use pointer::Pointer;
pub use position::Position;
pub use printable::{Printable, is_visible};
pub use problem::{Problem, Severity, Source};
pub use problems::Problems;
pub use schema::{EnumValue, Location, Parameter, Schema, SchemaKind};
pub use tree::{MethodNode, ResourceNode};
