//! Descriptions that kept their line breaks.

use super::check;

#[test]
fn paragraphs_are_kept_and_lines_joined() {
    check(&[
        ("One\ntwo.\n\n\nThree.", "One two.\n\nThree."),
        ("One\n    two", "One two"),
        ("See.\n\n    Indented prose", "See.\n\nIndented prose"),
        ("A\n---\nB", "A\n\nB"),
        ("`a eq b`\n`c eq d`\nor `e`", "`a eq b`\n\n`c eq d` or `e`"),
    ]);
}

#[test]
fn lists_are_lists_whatever_their_indent() {
    check(&[
        (
            "Values:\n   \n   \n     - A: the\n     first. \n   - B\n\n\nThen more.",
            "Values:\n\n* A: the first.\n* B\n\nThen more.",
        ),
        (
            "Of:\n  - a\n      - b\n      - c\n  - d",
            "Of:\n\n* a\n  * b\n  * c\n* d",
        ),
        ("Of:\n   - \n     a\n   - \n     b", "Of:\n\n* a\n* b"),
        ("1. a\n2. b\n   more", "1. a\n2. b more"),
        ("- a\n\n  goes on\n- b", "* a\n\n  goes on\n\n* b"),
        ("- a\n\n    5. b\n    6. c", "* a\n\n  5. b\n  6. c"),
        ("between 400 to\n499. Then", "between 400 to 499. Then"),
    ]);
}

#[test]
fn code_is_labelled() {
    check(&[
        (
            "Run:\n```\na:*\n  b\n```\nEnd",
            "Run:\n\n```text\na:*\n  b\n```\n\nEnd",
        ),
        (
            "Run:\n```rust\nfn main() {}",
            "Run:\n\n```text\nfn main() {}\n```",
        ),
        ("Run:\n~~~\n```\n~~~", "Run:\n\n````text\n```\n````"),
        (
            "For example:\n\n    { \"a\": 1,\n\n      \"b\": 2 }\n\nEnd",
            "For example:\n\n```text\n{ \"a\": 1,\n\n  \"b\": 2 }\n```\n\nEnd",
        ),
        (
            "Body:\n\n\"data\": {\n  \"a\": 1\n}\nEnd",
            "Body:\n\n```text\n\"data\": {\n  \"a\": 1\n}\n```\n\nEnd",
        ),
        (
            "A table:\n\na | b\n--|--\n1 | 2\n\nEnd",
            "A table:\n\n```text\na | b\n--|--\n1 | 2\n```\n\nEnd",
        ),
    ]);
}

#[test]
fn headings_are_bold() {
    check(&[
        ("# Usage\n\nUse it.", "**Usage**\n\nUse it."),
        (
            "Text.\n\n## The `x` field\nUse it.",
            "Text.\n\nThe `x` field\n\nUse it.",
        ),
        ("Number\n# of items", "Number # of items"),
    ]);
}
