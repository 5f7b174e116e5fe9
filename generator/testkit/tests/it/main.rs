//! Rules, recording and replay, by the client of Checks.

mod mocks;
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;
mod traffic;
