//! Calls, tested by the bytes on the wire and by their results.

#[path = "../support/mod.rs"]
mod support;

mod authentication;
mod bodies;
mod connections;
mod endpoints;
mod errors;
mod headers;
mod paths;
mod responses;
mod retries;
mod sizes;
mod streams;
mod uploads;
