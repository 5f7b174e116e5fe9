//! The history of the Checks API, as Google published it.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use xtask::diff::{self, Outcome, Request, print};

/// The revisions of the document, oldest first.
const REVISIONS: [&str; 15] = [
    "20230703", "20230806", "20230914", "20231001", "20231015", "20231205", "20240211", "20240331",
    "20240602", "20240623", "20240707", "20240904", "20241203", "20250925", "20251112",
];

fn document(revision: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/revisions");
    folder.join(format!("{revision}.json"))
}

fn step(old: &str, new: &str) -> Outcome {
    let path = |revision| document(revision).display().to_string();
    let request = Request {
        old: path(old),
        new: path(new),
        json: false,
    };
    diff::run(&request).unwrap()
}

#[test]
fn every_step_has_its_class() {
    let steps = REVISIONS.iter().zip(&REVISIONS[1..]);
    let lines = steps.map(|(old, new)| format!("{new} {}\n", print::summary(&step(old, new))));
    assert_snapshot!(lines.collect::<String>());
}

#[test]
fn a_surface_that_was_replaced_is_breaking() {
    assert_snapshot!(print::text(&step("20230806", "20230914")));
}

#[test]
fn an_optional_field_is_an_addition() {
    assert_snapshot!(print::text(&step("20231205", "20240211")));
}

#[test]
fn new_methods_and_new_values_are_additions() {
    assert_snapshot!(print::text(&step("20240904", "20241203")));
}

#[test]
fn descriptions_are_documentation() {
    assert_snapshot!(print::text(&step("20250925", "20251112")));
}

/// The way back of an addition breaks programs.
#[test]
fn what_is_taken_away_is_breaking() {
    assert_snapshot!(print::text(&step("20250925", "20241203")));
}
