//! Tests of the `discovery` crate, from the text of a document to the text that a person reads.

mod attribution;
mod documents;
mod identity;
mod limits;
mod locations;
mod methods;
mod mutations;
mod overlays;
mod references;
mod schemas;
mod support;
mod templates;
mod unknown_keys;
