//! Command lines, run as programs against a loopback server.

mod bodies;
mod calls;
mod fake;
mod help;
mod program;
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;
