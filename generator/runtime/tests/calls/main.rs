//! Calls, judged by the bytes on the wire and by what the caller gets.

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
mod uploads;
