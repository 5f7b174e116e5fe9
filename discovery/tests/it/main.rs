//! Tests of the `discovery` crate, from the text of a document to the messages.

mod attribution;
mod documents;
mod encodings;
mod identity;
mod limits;
mod locations;
mod methods;
mod mutations;
mod overlays;
mod references;
mod repeated;
mod schemas;
mod support;
mod templates;
mod unknown_keys;
