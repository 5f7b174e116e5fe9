//! From JSON to the model: every value is read at its place, and every problem is collected.

mod cursor;
mod document;
mod identity;
mod level;
mod media;
mod method;
mod schema;
mod variables;

pub(crate) use document::document;
