//! Clients of small documents compile: without a complaint of clippy and rustdoc, with each of
//! their cargo features alone, and with the examples of their documentation.

#[path = "cases/examples.rs"]
mod examples;
#[path = "cases/scratch.rs"]
mod scratch;
#[path = "../../tests/support/mod.rs"]
mod support;

use scratch::Scratch;

#[test]
fn clients_of_all_cases_have_no_fault() {
    let scratch = Scratch::new("all-cases", &support::names());
    nothing_said(&[
        scratch.clippy(),
        scratch.clippy_of_each_feature(),
        scratch.documentation(),
    ]);
}

fn nothing_said(complaints: &[String]) {
    let complaints = complaints.concat();
    assert!(complaints.is_empty(), "{complaints}");
}
