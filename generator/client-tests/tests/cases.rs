//! Clients of small documents compile: without a complaint of clippy and rustdoc, with each of
//! their cargo features alone, and with the examples of their documentation.

#[path = "cases/examples.rs"]
mod examples;
#[path = "cases/scratch.rs"]
mod scratch;
#[path = "../../tests/support/mod.rs"]
mod support;

use scratch::Scratch;

/// Cases whose clients do not compile.
const FLAWED: [&str; 5] = [
    // The example of an upload has a client and media of one name.
    "collisions_client",
    // `name` and `Name` need two statics for their patterns.
    "collisions_parameters",
    // The traits of the prelude are used by their bare names.
    "collisions_prelude",
    // Clippy finds the type of a field too complex.
    "deep_types",
    // The types of a poller are not imported.
    "operations",
];

#[test]
fn clients_of_sound_cases_have_no_fault() {
    let mut cases = support::names();
    cases.retain(|case| !FLAWED.contains(&case.as_str()));
    let scratch = Scratch::new("sound-cases", &cases);
    nothing_said(&[scratch.clippy(), scratch.clippy_of_each_feature()]);
}

#[test]
#[ignore = "known faults, in links above all"]
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
