//! Lists, headings and code in descriptions that are a single line.

use super::check;

#[test]
fn bullets_become_items() {
    check(&[
        (
            "Supported: * `user`: one. * `domain`: two.",
            "Supported:\n\n* `user`: one.\n* `domain`: two.",
        ),
        (
            "One of: * IN_PROGRESS * DONE",
            "One of:\n\n* IN_PROGRESS\n* DONE",
        ),
        (
            "The default is: - 80 for http - 443 for https",
            "The default is:\n\n* 80 for http\n* 443 for https",
        ),
        ("- a thing. - another", "* a thing.\n* another"),
        (
            "For: * `a` * `b` This field is optional.",
            "For:\n\n* `a`\n* `b`\n\nThis field is optional.",
        ),
    ]);
}

#[test]
fn dashes_and_stars_in_prose_stay() {
    check(&[
        (
            "The semantics - with the names - are vague.",
            "The semantics - with the names - are vague.",
        ),
        ("Values: - none", "Values: - none"),
        ("The area is a * b * c.", "The area is a * b * c."),
        ("of: * x 2 * 3 * y", "of:\n\n* x 2 * 3\n* y"),
        ("of: - A - the first - B", "of:\n\n* A - the first\n* B"),
        (
            "rules: - selector: a - selector: b",
            "rules: - selector: a - selector: b",
        ),
    ]);
}

#[test]
fn numbers_become_items_if_they_count() {
    check(&[
        (
            "In order: 1. from 2. where",
            "In order:\n\n1. from\n2. where",
        ),
        ("one of: 1) a 2) b", "one of:\n\n1) a\n2) b"),
        ("only: 1. one", "only: 1. one"),
        ("since version 1. 2. is next", "since version 1. 2. is next"),
    ]);
}

#[test]
fn headings_begin_a_paragraph() {
    check(&[
        (
            "Sets it. # IAM Permissions Requires x.",
            "Sets it.\n\nIAM Permissions Requires x.",
        ),
        ("Sets it ## Example Send y.", "Sets it\n\nExample Send y."),
        ("the # Of items", "the # Of items"),
    ]);
}

#[test]
fn long_code_becomes_a_block() {
    check(&[
        ("``` a ``` and ```json {\"a\":1} ```", "`a` and `{\"a\":1}`"),
        (
            "Query: ``` SELECT name, title, salary FROM employees WHERE salary > 100 ORDER BY name; ```. Then",
            "Query:\n\n```text\nSELECT name, title, salary FROM employees WHERE salary > 100 ORDER BY name;\n```\n\nThen",
        ),
        (
            "* One: ``` SELECT name, title, salary FROM employees WHERE salary > 100 ORDER BY name; ``` * Two",
            "* One:\n  ```text\n  SELECT name, title, salary FROM employees WHERE salary > 100 ORDER BY name;\n  ```\n\n* Two",
        ),
    ]);
}

#[test]
fn json_is_laid_out_again() {
    check(&[(
        "Policy: { \"bindings\": [ { \"role\": \"roles/owner, all\", \"members\": [ \"user:a@b.example\", \"user:c@d.example\", \"group:e@f.example\" ] }, {} ], \"etag\": \"x\" } Done.",
        "Policy:

```text
{
  \"bindings\": [
    {
      \"role\": \"roles/owner, all\",
      \"members\": [ \"user:a@b.example\", \"user:c@d.example\", \"group:e@f.example\" ]
    },
    {}
  ],
  \"etag\": \"x\"
}
```

Done.",
    )]);
}

#[test]
fn a_request_is_laid_out_again() {
    check(&[(
        "``` POST https://a.example/upload HTTP/1.1 X-Goog-Upload-Protocol: multipart Content-Length: ? --B {\"a\":1} --B-- ```",
        "```text
POST https://a.example/upload HTTP/1.1
X-Goog-Upload-Protocol: multipart
Content-Length: ?
--B
{\"a\":1}
--B--
```",
    )]);
}
