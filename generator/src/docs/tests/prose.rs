//! Text, code, links and addresses within a paragraph.

use super::{check, lines};

#[test]
fn prose_is_wrapped_and_blanks_are_single() {
    check(&[
        (
            "  Two  spaces,\ta tab\r\nand a line.  ",
            "Two spaces, a tab and a line.",
        ),
        (
            "The maximum file size, in bytes, which includes the header; a larger file is refused with 413 and is not stored.",
            "The maximum file size, in bytes, which includes the header; a larger file is refused with\n413 and is not stored.",
        ),
        (
            "snake_case, a-b, #5, 50%, x = y, A & B; 'q'?",
            "snake_case, a-b, #5, 50%, x = y, A & B; 'q'?",
        ),
    ]);
}

#[test]
fn a_line_never_begins_like_a_block() {
    // The line is full, so the mark would begin the next one: the word in front moves with it.
    let line = "abc defgh ".repeat(9) + "ab";
    for mark in ["-", ">", "+", "#", "1.", "===", "---", "|"] {
        let lines = lines(&format!("{line} {mark} more"), None);
        assert_eq!(lines, [&line[..line.len() - 3], &format!("ab {mark} more")]);
    }
    check(&[
        ("# of items", "\\# of items"),
        ("> 5", "\\> 5"),
        ("2019. A year.", "2019\\. A year."),
        ("+ 5", "\\+ 5"),
        ("| a", "\\| a"),
        ("-5 to 5", "-5 to 5"),
        ("#5", "#5"),
    ]);
}

#[test]
fn marks_that_are_no_markup_are_escaped() {
    check(&[
        ("[Output Only] The name.", "\\[Output Only] The name."),
        ("A range of [0, 1].", "A range of \\[0, 1]."),
        ("Use <b>bold</b> text.", "Use `<b>bold</b>` text."),
        ("a < b <= c", "a < b <= c"),
        ("See <your project>.", "See \\<your project>."),
        (
            "The * wildcard, 5*3, 2 * 3.",
            "The * wildcard, 5\\*3, 2 * 3.",
        ),
        ("A stray ` here.", "A stray \\` here."),
        ("``` never closed", "\\`\\`\\` never closed"),
        ("_ALL_ of it", "\\_ALL_ of it"),
        ("about ~10 and ~20~", "about ~10 and ~20\\~"),
        (
            "C:\\dir \\d+ \\\\x \\[a\\] end\\",
            "C:\\dir \\d+ \\\\x \\[a\\] end\\\\",
        ),
        (
            "![logo](https://a.example/l.png)",
            "\\![logo](https://a.example/l.png)",
        ),
        ("text [^1]", "text \\[^1]"),
    ]);
}

#[test]
fn markup_that_is_meant_stays() {
    check(&[
        (
            "**Note:** the *part* parameter",
            "**Note:** the *part* parameter",
        ),
        (
            "**Basic units (UNIT)** follow",
            "**Basic units (UNIT)** follow",
        ),
        (
            "The `a  b` and ``c`d`` code",
            "The `a b` and `` c`d `` code",
        ),
        ("``double``", "`double`"),
        ("`a``b", "\\`a\\`\\`b"),
    ]);
}

#[test]
fn paths_and_patterns_become_code() {
    check(&[
        (
            "Form: projects/*/locations/*.",
            "Form: `projects/*/locations/*`.",
        ),
        (
            "of projects/_/buckets/b (see",
            "of `projects/_/buckets/b` (see",
        ),
        (
            "matches (regex [a-z]([-a-z0-9]*[a-z0-9])?).",
            "matches (regex `[a-z]([-a-z0-9]*[a-z0-9])?`).",
        ),
        ("//<domain>/ns/<name>", "`//<domain>/ns/<name>`"),
        ("An <iframe> tag", "An `<iframe>` tag"),
        (
            "Use \"*\" or *.example.com, __name__",
            "Use \"`*`\" or `*.example.com`, `__name__`",
        ),
        ("items[0].name and [\"*\"]", "`items[0].name` and `[\"*\"]`"),
        ("pass --dry-run -- or not", "pass `--dry-run` -- or not"),
        ("set { \"a\": [1, 2] } now", "set `{ \"a\": [1, 2] }` now"),
    ]);
}

#[test]
fn addresses_are_bracketed_without_the_sentence_around_them() {
    check(&[
        ("See https://a.example/b.", "See <https://a.example/b>."),
        ("(http://a.example/b_(c))", "(<http://a.example/b_(c)>)"),
        ("\"https://a.example\", '", "\"<https://a.example>\", '"),
        ("as inhttps://a.example", "as in <https://a.example>"),
        ("<https://a.example>", "<https://a.example>"),
        ("`https://a.example`", "`https://a.example`"),
        ("https://a.example/{id}/x", "`https://a.example/{id}/x`"),
        ("https://a.example/<id>", "`https://a.example/<id>`"),
        (
            "begins with http:// or \"https://\"",
            "begins with `http://` or \"`https://`\"",
        ),
        (
            "gs://bucket and www.a.example",
            "gs://bucket and www.a.example",
        ),
        ("\\https://a.example", "\\\\<https://a.example>"),
    ]);
}

#[test]
fn links_are_kept_if_they_lead_somewhere() {
    check(&[
        (
            "[a b](https://a.example/b_c)",
            "[a b](https://a.example/b_c)",
        ),
        (
            "[`code` *x*](https://a.example)",
            "[`code` *x*](https://a.example)",
        ),
        (
            "[https://a.example](https://a.example)",
            "[https://a.example](https://a.example)",
        ),
        ("[a] (https://a.example)", "[a](https://a.example)"),
        ("[a](https://a.example \"Title\")", "[a](https://a.example)"),
        (
            "[regions](/compute/docs/r#x).",
            "[regions](https://cloud.google.com/compute/docs/r#x).",
        ),
        ("[a](//a.example)", "[a](https://a.example)"),
        ("[the field](google.x.Y.z)", "the field (`google.x.Y.z`)"),
        ("[below](#anchor)", "below"),
        ("[Queue][google.x.Queue] and [Task][]", "`Queue` and `Task`"),
        ("[a](javascript:x)", "a (`javascript:x`)"),
        ("[a-z]([0-9])", "`[a-z]([0-9])`"),
        (
            "[x [y] z](https://a.example)",
            "[x \\[y\\] z](https://a.example)",
        ),
    ]);
    let unknown = lines("[a](/b/c)", None);
    assert_eq!(unknown, ["a (`/b/c`)"]);
}

#[test]
fn a_link_or_code_is_never_broken() {
    let name = "word ".repeat(30);
    let (code, link) = (
        format!("`{}`", name.trim()),
        format!("[{}](https://a.example)", name.trim()),
    );
    for long in [code, link] {
        assert_eq!(
            lines(&format!("See {long} there"), None),
            ["See", &long, "there"]
        );
    }
}

#[test]
fn what_cannot_be_seen_is_left_out() {
    check(&[
        ("a\u{200b}b\u{202e}c\u{feff}d\u{0}e\u{7}", "abcde"),
        ("a\u{34f}b\u{fe0f}c\u{e0100}d\u{180b}e\u{3164}f", "abcdef"),
        ("a\u{a0}b\u{3000}c", "a b c"),
        (
            "caf\u{e9} \u{2014} \u{65e5}\u{672c}",
            "caf\u{e9} \u{2014} \u{65e5}\u{672c}",
        ),
    ]);
}
