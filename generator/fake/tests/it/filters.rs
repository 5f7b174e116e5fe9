//! Filters of lists.

use serde_json::json;

use crate::support::{LIBRARY, fake, post, send};

/// Returns the ids of the shelves that a filter selects, or the status and the message of its error.
fn select(filter: &str) -> Result<String, String> {
    let fake = fake(LIBRARY);
    let shelves = [
        (
            "a",
            json!({"theme": "Poems", "rows": 3, "labels": {"env": "prod"}, "tags": ["new", "red"]}),
        ),
        (
            "b",
            json!({"theme": "Prose", "rows": 10, "kind": "OPEN", "capacity": "9007199254740993"}),
        ),
        (
            "c",
            json!({"theme": "Maps and \"plans\"", "location": {"room": "7"}}),
        ),
    ];
    for (id, shelf) in shelves {
        post(&fake, &format!("POST v1/shelves?shelfId={id}"), shelf).ok();
    }
    let bytes = filter.bytes().map(|byte| format!("%{byte:02X}"));
    let query: String = bytes.collect();
    let page = send(&fake, &format!("GET v1/shelves?filter={query}"), &[], "");
    if page.status != 200 {
        return Err(format!("{} {}", page.status, page.error().2));
    }
    let shelves = page.json["shelves"].as_array().unwrap().iter();
    Ok(shelves
        .map(|shelf| {
            shelf["name"]
                .as_str()
                .unwrap()
                .trim_start_matches("shelves/")
        })
        .collect())
}

#[test]
fn filters_compare_fields() {
    let cases = [
        (r#"theme = "Poems""#, "a"),
        (r#"theme="Poems""#, "a"),
        ("theme = P*", "ab"),
        ("theme = *s", "a"),
        ("theme != Poems", "bc"),
        ("rows > 3", "b"),
        ("rows >= 3 AND rows < 10", "a"),
        ("rows = 3 OR rows = 10", "ab"),
        ("NOT kind = OPEN", "ac"),
        ("-kind=OPEN", "ac"),
        ("labels.env = prod", "a"),
        ("labels:env", "a"),
        ("tags:red", "a"),
        ("location:*", "c"),
        ("location.room = '7'", "c"),
        (r#"theme = "Maps and \"plans\"""#, "c"),
        ("(rows = 3 OR rows = 10) AND kind = OPEN", "b"),
        ("rows = 3 rows = 3", "a"),
        ("capacity > 9007199254740990", "b"),
        ("name = shelves/b", "b"),
        ("create_time > \"2020-01-01T00:00:00Z\"", "abc"),
        ("", "abc"),
    ];
    for (filter, expected) in cases {
        assert_eq!(select(filter).as_deref(), Ok(expected), "{filter}");
    }
}

#[test]
fn other_filters_are_errors() {
    let cases = [
        ("theme", "501 The fake has comparisons of fields"),
        ("hasPrefix(theme, \"P\")", "501 "),
        (
            "theme = ",
            "400 Invalid filter: there is no value behind 'theme'.",
        ),
        (
            "(theme = a",
            "400 Invalid filter: a parenthesis is not closed.",
        ),
        (
            "theme = a)",
            "400 Invalid filter: a parenthesis is closed that was not opened.",
        ),
        (
            "theme = \"a",
            "400 Invalid filter: a quotation mark is not closed.",
        ),
        ("= a", "400 Invalid filter: a field was expected."),
    ];
    for (filter, expected) in cases {
        let error = select(filter).unwrap_err();
        assert!(error.starts_with(expected), "{filter}: {error}");
    }
    let deep = "(".repeat(10_000) + "a = b";
    assert_eq!(
        select(&deep).unwrap_err(),
        "400 Invalid filter: it is nested too deeply."
    );
}
