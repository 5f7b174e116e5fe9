//! A Checks client, and a service with every fault that a service on the network can have.

#![allow(dead_code, reason = "each test program uses a part")]

pub(crate) mod catalogue;
pub(crate) mod clock;
pub(crate) mod plan;
pub(crate) mod run;
pub(crate) mod server;
pub(crate) mod tls;
pub(crate) mod tokens;

#[path = "../../../runtime/tests/support/mod.rs"]
mod loopback;

pub(crate) use loopback::{Recorded, fake};

/// Returns a word for the kind of an error.
pub(crate) fn kind(error: &discovery_runtime::Error) -> &'static str {
    type Predicate = fn(&discovery_runtime::Error) -> bool;
    let table: [(Predicate, &str); 9] = [
        (|error| error.status().is_some(), "service"),
        (|error| error.http_status_code().is_some(), "http"),
        (|error| error.is_exhausted(), "exhausted"),
        (|error| error.is_timeout(), "timeout"),
        (|error| error.is_authentication(), "authentication"),
        (|error| error.is_connect(), "connect"),
        (|error| error.is_deserialization(), "deserialization"),
        (|error| error.is_binding(), "binding"),
        (|error| error.is_io(), "io"),
    ];
    let found = table.iter().find(|(applies, _)| applies(error));
    found.map_or("other", |(_, name)| name)
}
