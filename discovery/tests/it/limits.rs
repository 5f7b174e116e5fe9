//! Texts that are not documents, and hostile documents.

use discovery::{Document, Problem, Problems};
use insta::assert_snapshot;
use serde_json::json;

use crate::support::{problems, reported};

#[test]
fn syntax() {
    assert_snapshot!(reported("{\n  \"id\": \"checks:v1alpha\"\n  \"name\"", None), @"
    error: 3:3: the text is not JSON: expected `,` or `}`
      help: use the file as it was published
    ");
    assert_snapshot!(reported("", None), @"
    error: 1:1: the text is not JSON: EOF while parsing a value
      help: use the file as it was published
    ");
    assert_snapshot!(reported("{}", Some("{\"auth\"}")), @"
    error: overlay 1:8: the text is not JSON: expected `:`
      help: an overlay is JSON too: no comments, no comma at the end of a list

    error: `kind` is missing
      help: every document has it

    error: `protocol` is missing
      help: every document has it

    error: `id` is missing
      help: every document has it

    error: `name` is missing
      help: every document has it

    error: `version` is missing
      help: every document has it

    error: `rootUrl` is missing
      help: every document has it

    error: `servicePath` is missing
      help: every document has it
    ");
}

/// The column counts characters.
#[test]
fn the_place_of_a_mistake() {
    let place = |text: &str| {
        let problems = Document::parse(text, None).unwrap_err();
        let problem = problems.iter().next().expect("a problem");
        let at = problem.position.expect("a place");
        (
            at.line,
            at.column,
            text.get(at.offset..).expect("a place")[..at.len].to_owned(),
        )
    };
    assert_eq!(place("{\"title\":1e}"), (1, 12, "}".to_owned()));
    assert_eq!(place("{\n\"tütle\": 1e, }"), (2, 12, ",".to_owned()));
    assert_eq!(place("{\n\"ü\": \"\\ud800\"}"), (2, 13, "\"".to_owned()));
    assert_eq!(place("{\"ü\":ü}"), (1, 6, "ü".to_owned()));
    assert_eq!(place("{\"a\": 1}\r\n]"), (2, 1, "]".to_owned()));
    assert_eq!(place("{\"a\": \"b\n"), (1, 9, "\n".to_owned()));
    assert_eq!(place("{\"a\": \"b\n\"}"), (1, 9, "\n".to_owned()));
    assert_eq!(place("{\"a\": [1,\n"), (2, 1, "".to_owned()));
    assert_eq!(place(""), (1, 1, "".to_owned()));
    assert_eq!(place(&"[".repeat(200)), (1, 200, "[".to_owned()));
    let nested = "[".repeat(200) + &"]".repeat(200);
    assert_eq!(place(&nested), (1, 128, "[".to_owned()));
    let many = format!("[{}0]", "0,".repeat(1_000_000));
    assert_eq!(place(&many), (1, 1_999_998 + 2, "0".to_owned()));
    assert_eq!(
        place(&format!("[{}]", "0,".repeat(1_000_001))),
        (1, 2_000_004, "]".to_owned())
    );
}

#[test]
fn not_an_object() {
    assert_snapshot!(reported("[]", None), @"
    error: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
    assert_snapshot!(reported("[]", Some("{}")), @"
    error: expected an object, found an array
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

#[test]
fn everything_is_missing() {
    assert_snapshot!(reported("{}", None), @"
    error: `kind` is missing
      help: every document has it

    error: `protocol` is missing
      help: every document has it

    error: `id` is missing
      help: every document has it

    error: `name` is missing
      help: every document has it

    error: `version` is missing
      help: every document has it

    error: `rootUrl` is missing
      help: every document has it

    error: `servicePath` is missing
      help: every document has it
    ");
}

#[test]
fn too_large() {
    let text = " ".repeat((64 << 20) + 1);
    assert_snapshot!(reported(&text, None), @"
    error: the text has 67108865 bytes, more than the 67108864 allowed
      help: Google's largest document has 6 MiB
    ");
    assert_snapshot!(reported("{}", Some(&text)), @"
    error: overlay: the text has 67108865 bytes, more than the 67108864 allowed
      help: Google's largest document has 6 MiB

    error: `kind` is missing
      help: every document has it

    error: `protocol` is missing
      help: every document has it

    error: `id` is missing
      help: every document has it

    error: `name` is missing
      help: every document has it

    error: `version` is missing
      help: every document has it

    error: `rootUrl` is missing
      help: every document has it

    error: `servicePath` is missing
      help: every document has it
    ");
}

#[test]
fn too_deep() {
    let text = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_snapshot!(reported(&text, None), @"
    error: 1:128: the text is nested more than 127 levels deep
      help: give nested schemas a name in `schemas`, and refer to them
    ");
    let nested = format!("{}1{}", "{\"items\":".repeat(126), "}".repeat(126));
    let text = format!("{{\"schemas\": {nested}}}");
    assert!(Document::parse(&text, None).is_err());
}

#[test]
fn too_many() {
    let problems = problems(|document| {
        document["labels"] = (0..1234).map(|_| json!(1)).collect();
    });
    assert_eq!(problems.matches("error: ").count(), 1000);
    assert!(problems.contains("error: /labels/999: expected a string, found a number"));
    assert!(problems.ends_with("\n\n234 more, not shown"));
}

#[test]
fn errors_are_kept_apart_from_warnings() {
    let mut problems: Problems = (0..2000)
        .map(|_| Problem::warning("", "a warning"))
        .collect();
    assert!(!problems.has_errors());
    problems.push(Problem::error("", "an error"));
    assert!(problems.has_errors());
    assert_eq!((problems.len(), problems.iter().count()), (2001, 1001));
    assert_eq!(problems.into_result(()), Err(problems_of_two_thousand()));
}

fn problems_of_two_thousand() -> Problems {
    let mut problems = Problems::default();
    problems.extend((0..2000).map(|_| Problem::warning("", "a warning")));
    problems.extend([Problem::error("", "an error")]);
    problems
}

/// Each value would become hundreds of bytes of Rust.
#[test]
fn too_many_values() {
    let text = format!("[{}0]", "0,".repeat(1_000_000));
    assert_snapshot!(reported(&text, None), @"
    error: 1:2000000: the text has more than the 1000000 values allowed
      help: Google's largest document has about 100,000
    ");
    let overlay = format!("{{\"labels\": {text}}}");
    assert!(
        reported("{}", Some(&overlay))
            .starts_with("error: overlay 1:2000009: the text has more than the 1000000 values")
    );
}

/// Seven bytes of text become hundreds in memory, so the limit applies while they are read.
#[test]
fn many_small_values() {
    let text = format!("{{\"labels\":[{}0]}}", "{\"\":0},".repeat(1_000_000));
    assert_snapshot!(reported(&text, None), @"
    error: 1:3500005: the text has more than the 1000000 values allowed
      help: Google's largest document has about 100,000
    ");
}

#[test]
fn too_many_methods() {
    let method = json!({ "id": "checks.get", "httpMethod": "GET", "path": "v1" });
    let methods = |count: usize| {
        let members = (0..count).map(|index| (format!("m{index}"), method.clone()));
        serde_json::Value::Object(members.collect())
    };
    let reported = problems(|document| {
        document["methods"] = methods(5_000);
        document["resources"] = json!({ "a": { "methods": methods(5_001) } });
    });
    assert!(
        reported.contains("error: the document has 10001 methods, more than the 10000 allowed")
    );
}

/// Names become identifiers and files, and are part of every pointer into them.
#[test]
fn long_names() {
    let long = "x".repeat(10_000);
    let reported = problems(|document| {
        let method = json!({ "id": 1 });
        document["resources"] = json!({ &long: { "methods": { "get": method } } });
        document["schemas"]["Report"]["properties"][&long] = json!({ "type": "text" });
        document["schemas"]["Report"]["properties"]["a"] = json!({ "$ref": &long });
        document["schemas"][&long] = json!({ "type": 1 });
        document["canonicalName"] = json!(long);
        document["auth"] = json!({ "oauth2": { "scopes": { &long: 1 } } });
    });
    assert_snapshot!(reported.replace(&long, "LONG"), @"
    error: /auth/oauth2/scopes/LONG: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 10000 bytes, more than 200
      help: names become identifiers and files, and are repeated in documentation

    error: /canonicalName: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 10000 bytes, more than 200
      help: names become identifiers and files, and are repeated in documentation

    error: /schemas/Report/properties/LONG: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 10000 bytes, more than 200
      help: names become identifiers and files, and are repeated in documentation

    error: /schemas/LONG: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 10000 bytes, more than 200
      help: names become identifiers and files, and are repeated in documentation

    error: /resources/LONG: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 10000 bytes, more than 200
      help: names become identifiers and files, and are repeated in documentation
    ");
    assert_eq!(
        problems(|document| document["canonicalName"] = json!("x".repeat(200))),
        ""
    );
}

#[test]
fn invisible_characters_are_escaped() {
    assert_snapshot!(problems(|document| document["a\u{202e}\u{200b}\u{2028}"] = json!("")), @r"
    warning: /a\u{202e}\u{200b}\u{2028}: the key `a\u{202e}\u{200b}\u{2028}` is not known in a document
      help: it is ignored; check whether the API has a new feature
    ");
    assert_snapshot!(problems(|document| document["\u{1b}[2J"] = json!("\n")), @r"
    warning: /\u{1b}[2J: the key `\u{1b}[2J` is not known in a document
      help: it is ignored; check whether the API has a new feature
    ");
}

#[test]
fn long_texts_are_shortened() {
    assert_snapshot!(problems(|document| document["name"] = json!("ä".repeat(500))), @"
    error: /name: `ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää…` cannot name a package or a file
      help: use at most 64 letters and digits, with a letter first and at most one `_`, `.` or `-` between two of them
    ");
}

#[test]
fn all_problems_are_found_in_one_run() {
    let problems = problems(|document| {
        document["rootUrl"] = json!("http://checks.googleapis.com/");
        document["labels"] = json!("labs");
        document["methods"]["get"]["path"] = json!("v1alpha/{name");
        document["methods"]["get"]["response"] = json!({ "$ref": "Rapport" });
        document["schemas"]["Report"]["properties"]["name"]["type"] = json!("text");
    });
    assert_snapshot!(problems, @"
    error: /rootUrl: the URL `http://checks.googleapis.com/` is not `https`
      help: requests and credentials go there; use `https://host/` or `https://host/path/`

    error: /labels: expected an array, found a string
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    error: /schemas/Report/properties/name/type: `text` is not a known value
      help: the known values are `any`, `array`, `boolean`, `integer`, `number`, `object`, `string`

    error: /methods/get/path: the path template `v1alpha/{name` is malformed: character 9: the brace is not closed
      help: a path is literal text, `{variable}`, `{+variable}`, and one `:verb` at the end

    error: /methods/get/response: `$ref` names the schema `Rapport`, which the document does not have
      help: correct the name, or add the schema to `schemas`
    ");
}
