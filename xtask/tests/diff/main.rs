//! How two clients differ.

mod every_fact;
mod requests;
mod revisions;
mod rules;
mod support;
mod words;
