//! The transport of the generated Checks client, under every fault that a network and a service have.

#[path = "../fault_support/mod.rs"]
mod support;

mod connections;
mod cuts;
mod table;
