//! Calls, tested by the bytes on the wire and by their results.

#[path = "../support/mod.rs"]
mod support;

mod authentication;
mod bodies;
mod connections;
mod endpoints;
mod errors;
mod extras;
mod headers;
mod paths;
mod rate_limits;
mod request_ids;
mod responses;
mod retries;
mod silence;
mod sizes;
mod streams;
mod unsendable;
mod uploads;
