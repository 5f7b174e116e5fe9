//! Clients of small documents, and of some published ones, compile without warnings from clippy and
//! rustdoc: with each cargo feature alone, and with the examples in their documentation.

#[path = "cases/examples.rs"]
mod examples;
#[path = "cases/scratch.rs"]
mod scratch;
#[path = "../../tests/support/mod.rs"]
mod support;

use scratch::Scratch;

/// Cases whose examples also run. Few, since each takes seconds: one with names that an example
/// could confuse, one with values that it could get wrong, and a common one.
const RUN: &[&str] = &["client_bodies", "pages", "path_values"];

#[test]
fn clients_of_all_cases_compile_without_warnings() {
    let scratch = Scratch::new("all-cases");
    assert_silent(&[
        scratch.clippy(),
        scratch.clippy_of_each_feature(),
        scratch.documentation(),
        scratch.running_examples(RUN),
    ]);
}

fn assert_silent(complaints: &[String]) {
    let complaints = complaints.concat();
    assert!(complaints.is_empty(), "{complaints}");
}
