//! The [Google API Discovery document](https://developers.google.com/discovery/v1/reference/apis),
//! as a typed model.
//!
//! [`Document::parse`] reads the text of a document, corrects it with an optional overlay, and
//! checks what a reader of the model relies on: references resolve, path templates and parameters
//! agree, names and URLs are harmless. Every problem is collected with its place in the document,
//! an RFC 6901 JSON pointer, and reported in one run; [`locate`] turns a pointer into a line and a
//! column, [`locate_all`] many of them. A key that this crate does not know is a warning, so nothing that Google adds to the
//! format goes unnoticed.
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
mod locate;
mod method;
mod overlay;
mod parse;
mod pointer;
mod printable;
mod problem;
mod read;
mod schema;
pub mod template;
mod tokens;

pub use decode::{LARGEST, decode};
pub use document::{Document, Endpoint, Parsed, Resource};
pub use locate::{Position, locate, locate_all};
pub use method::{HttpMethod, MediaUpload, Method, OperationInfo, UploadProtocol};
pub use pointer::Pointer;
pub use printable::Printable;
pub use problem::{Problem, Problems, Severity, Source};
pub use schema::{EnumValue, Location, Schema, SchemaType};
