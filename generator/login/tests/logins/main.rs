//! Logins and delegations, as a server on loopback sees them.

mod browser;
mod delegations;
mod devices;
mod stores;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
