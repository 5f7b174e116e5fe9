//! Tests of descriptions and the documentation they become.

mod blocks;
mod hostile;
mod lists;
mod prose;

use super::{item, lines, summary};

const HOME: Option<&str> = Some("https://cloud.google.com/compute/docs");

/// Checks the lines that descriptions become, joined by newlines.
fn check(cases: &[(&str, &str)]) {
    for (description, expected) in cases {
        assert_eq!(
            lines(description, HOME).join("\n"),
            *expected,
            "of {description:?}"
        );
    }
}

#[test]
fn a_blank_description_has_no_lines() {
    for blank in ["", " ", "\n \n", "\u{200b}", "\n- \n- "] {
        assert!(lines(blank, None).is_empty(), "of {blank:?}");
        assert_eq!(summary(blank, None), "", "of {blank:?}");
    }
    check(&[("-", "\\-"), ("---", "\\---")]);
}

#[test]
fn an_item_is_led_by_its_name() {
    let long = "Maximum number of jobs to return; the server may return fewer, and caps it.";
    let cases = [
        ("The name.", "* `x`: The name."),
        ("", "* `x`"),
        (" \n ", "* `x`"),
        (
            long,
            "* `x`: Maximum number of jobs to return; the server may return fewer, and caps it.",
        ),
        ("One.\n\nTwo.", "* `x`: One.\n\n  Two."),
        ("One of: * `a` * `b`", "* `x`: One of:\n  * `a`\n  * `b`"),
        ("- a\n- b", "* `x`:\n  * a\n  * b"),
        ("```\na\n```", "* `x`:\n  ```text\n  a\n  ```"),
        ("# of items", "* `x`: # of items"),
    ];
    for (description, expected) in cases {
        assert_eq!(
            item("x", description, None).join("\n"),
            expected,
            "of {description:?}"
        );
    }
}

#[test]
fn a_summary_is_the_first_sentence() {
    for (description, expected) in [
        (
            "Gets a report. Reports are kept for a year.",
            "Gets a report.",
        ),
        (
            "Output only. The state. Never set it.",
            "Output only. The state.",
        ),
        ("A name, e.g. Projects. More.", "A name, e.g. Projects."),
        ("Version 1. 2 follows. Then 3.", "Version 1. 2 follows."),
        ("One line\nand another. More.", "One line and another."),
        ("Values: * `A`: first. * `B`: second.", "Values:"),
        (
            "See https://a.example/b. More.",
            "See <https://a.example/b>. More.",
        ),
        (
            "The [list](/a/b) of `x. Y` things. More.",
            "The [list](https://cloud.google.com/a/b) of `x. Y` things.",
        ),
        ("- first\n- second", "first"),
        ("> 5 items", "\\> 5 items"),
        ("", ""),
    ] {
        assert_eq!(summary(description, HOME), expected, "of {description:?}");
    }
}
