//! The generated Checks client under every fault of a network and a service.

#[path = "../fault_support/mod.rs"]
mod support;

mod connections;
mod cuts;
mod table;
