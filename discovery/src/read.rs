//! From JSON to the model; every problem is collected with its place.

mod cursor;
mod document;
mod identity;
mod media;
mod method;
mod schema;
mod variables;

pub(crate) use document::document;
