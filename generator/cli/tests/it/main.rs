//! Command lines, run as programs against a loopback server.

mod bodies;
mod calls;
mod help;
mod program;
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;
