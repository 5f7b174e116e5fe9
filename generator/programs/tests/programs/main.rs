//! The programs against a loopback server.

mod gate;
mod guard;
// The runtime formats its own files.
#[rustfmt::skip]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

#[test]
fn programs_are_short() {
    for text in [include_str!("../../src/bin/checks-gate.rs"), include_str!("../../src/guard.rs")] {
        assert!(text.lines().count() <= 60, "{text}");
    }
}
