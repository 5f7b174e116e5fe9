//! Clients of small documents, and of some published ones, compile: without a complaint of clippy and
//! rustdoc, with each of their cargo features alone, and with the examples of their documentation.

#[path = "cases/examples.rs"]
mod examples;
#[path = "cases/scratch.rs"]
mod scratch;
#[path = "../../tests/support/mod.rs"]
mod support;

use scratch::Scratch;

/// Cases whose examples also run, since each takes some seconds: names that an example could
/// confuse, values that it could have wrong, and what is usual.
const RUN: &[&str] = &["client_bodies", "pages", "path_values"];

#[test]
fn clients_of_all_cases_have_no_fault() {
    let scratch = Scratch::new("all-cases");
    nothing_said(&[
        scratch.clippy(),
        scratch.clippy_of_each_feature(),
        scratch.documentation(),
        scratch.running_examples(RUN),
    ]);
}

fn nothing_said(complaints: &[String]) {
    let complaints = complaints.concat();
    assert!(complaints.is_empty(), "{complaints}");
}
