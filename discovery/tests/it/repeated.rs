//! Objects with duplicated keys.

use insta::assert_snapshot;

use crate::support::{document, reported};

/// Returns the document with these members at the beginning of its schema `Report`.
fn with(members: &str) -> String {
    let text = document().to_string();
    text.replacen("\"Report\":{", &format!("\"Report\":{{{members},"), 1)
}

#[test]
fn of_a_document() {
    assert_snapshot!(reported(&with("\"id\": \"Rapport\""), None), @"
    warning: /schemas/Report/id: the key `id` is duplicated; the last value wins
      help: compare the values; an overlay can restore an earlier one
    ");
    let text = "[[], {\"a\": [0, {\"b\": {}, \"\\u0062\": 1}], \"a\": [2, {\"b\": 3}]}]";
    assert_snapshot!(reported(text, None), @"
    warning: /1/a/1/b: the key `b` is duplicated; the last value wins
      help: compare the values; an overlay can restore an earlier one

    warning: /1/a: the key `a` is duplicated; the last value wins
      help: compare the values; an overlay can restore an earlier one

    error: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

#[test]
fn of_an_overlay() {
    let overlay = "{\n  \"title\": \"A\",\n  \"labels\": [\"a\"],\n  \"title\": \"B\"\n}";
    assert_snapshot!(reported(&document().to_string(), Some(overlay)), @"
    error: overlay /title: the key `title` is duplicated; the earlier value would be lost
      help: merge the two entries
    ");
}

/// A duplicated key of the document is a problem of the document, whatever the overlay sets.
#[test]
fn of_what_an_overlay_has_set() {
    let overlay = "{\"schemas\": {\"Report\": {\"description\": \"B\"}}}";
    assert_snapshot!(reported(&with("\"description\": \"A\", \"description\": \"C\""), Some(overlay)), @"
    warning: /schemas/Report/description: the key `description` is duplicated; the last value wins
      help: compare the values; an overlay can restore an earlier one
    ");
}

/// A name can be as long as the text, and would be repeated a thousand times.
#[test]
fn long_names_are_not_repeated() {
    let long = "x".repeat(100_000);
    let members = "\"a\": 1,".repeat(3000);
    let text = with(&format!("\"{long}\": {{{members} \"b\": 2}}"));
    let reported = reported(&text, None);
    assert_eq!(
        reported
            .matches("warning: /schemas/Report: the key `a` is duplicated")
            .count(),
        1000
    );
    assert!(reported.len() < 1_000_000, "{}", reported.len());
}
