//! Differences between two clients.

mod every_fact;
mod requests;
mod revisions;
mod rules;
mod support;
mod words;
