//! From pointers to lines and columns.

use discovery::{Pointer, locate, locate_all};
use serde_json::Value;

const TEXT: &str = r#"
{
  "a/b~c": { "é": "ü", "list": [1, {"x": [ ]}, null] },
  "": true, "esc\u0061ped": 2
}
"#;

#[track_caller]
fn found(pointer: &str) -> (usize, usize, &'static str) {
    let at = locate(TEXT, pointer).expect("a value");
    (at.line, at.column, &TEXT[at.offset..at.offset + at.len])
}

#[test]
fn values() {
    assert_eq!((found("").0, found("").1), (2, 1));
    assert!(found("").2.starts_with('{') && found("").2.ends_with('}'));
    assert_eq!(found("/a~1b~0c/é"), (3, 19, "\"ü\""));
    assert_eq!(found("/a~1b~0c/list/0"), (3, 33, "1"));
    assert_eq!(found("/a~1b~0c/list/1/x"), (3, 42, "[ ]"));
    assert_eq!(found("/a~1b~0c/list/2"), (3, 48, "null"));
    assert_eq!(found("/"), (4, 7, "true"));
    assert_eq!(found("/escaped"), (4, 29, "2"));
}

#[test]
fn nothing() {
    for pointer in [
        "a",
        "/b",
        "/a~1b~0c/list/3",
        "/a~1b~0c/list/x",
        "/a~1b~0c/list/-1",
        "/a~1b~0c/list/01",
        "//x",
        "/escaped/0",
    ] {
        assert_eq!(locate(TEXT, pointer), None, "{pointer}");
    }
    assert_eq!(locate("{", ""), None);
    assert_eq!(locate("", ""), None);
}

#[test]
fn the_last_of_two_members_counts() {
    let at = locate(r#"{"a": 1, "a": 2}"#, "/a").expect("a value");
    assert_eq!(at.column, 15);
    let text = r#"{"a": {"b": 1}, "a": {"c": {}}, "a": {"c": 2}}"#;
    let columns = |pointer: &str| locate(text, pointer).map(|at| at.column);
    assert_eq!(columns("/a"), Some(38));
    assert_eq!(columns("/a/b"), None);
    assert_eq!(columns("/a/c"), Some(44));
}

#[test]
fn many_pointers_come_back_in_their_order() {
    let pointers = [
        "/escaped",
        "no",
        "",
        "/a~1b~0c/list/1",
        "/b",
        "/a~1b~0c",
        "/escaped",
    ];
    let each: Vec<_> = pointers
        .iter()
        .map(|pointer| locate(TEXT, pointer))
        .collect();
    assert_eq!(locate_all(TEXT, &pointers), each);
    assert_eq!(each.iter().flatten().count(), 5);
    assert_eq!(locate_all(TEXT, &[]), []);
    assert_eq!(locate_all("{]", &["", "/a"]), [None, None]);
}

#[test]
fn every_value_of_a_document_is_where_its_pointer_leads() {
    let text = include_str!("../../documents/checks.v1alpha.json");
    let value: Value = serde_json::from_str(text).unwrap();
    let mut expected = Vec::new();
    pointers(Pointer::ROOT, &value, &mut expected);
    let texts: Vec<&str> = expected
        .iter()
        .map(|(pointer, _)| pointer.as_str())
        .collect();
    let found = locate_all(text, &texts);
    for ((pointer, value), at) in expected.iter().zip(found) {
        let at = at.unwrap_or_else(|| panic!("{pointer}"));
        let part: Value = serde_json::from_str(&text[at.offset..at.offset + at.len]).unwrap();
        assert_eq!(&part, *value, "{pointer}");
        let line = text.lines().nth(at.line - 1).unwrap();
        let rest: String = line.chars().skip(at.column - 1).collect();
        assert!(text[at.offset..].starts_with(&rest), "{pointer}");
    }
    assert!(expected.len() > 2000);
}

fn pointers<'v>(at: Pointer<'_>, value: &'v Value, all: &mut Vec<(String, &'v Value)>) {
    all.push((at.to_string(), value));
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                pointers(at.key(key), value, all);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                pointers(at.index(index), value, all);
            }
        }
        _ => {}
    }
}

#[test]
fn texts_that_cannot_be_read_have_no_places() {
    let deep = "[".repeat(1 << 20) + &"]".repeat(1 << 20);
    assert_eq!(locate(&deep, ""), None);
    let deepest = "[".repeat(127) + &"]".repeat(127);
    let at = locate(&deepest, &"/0".repeat(126)).expect("a value");
    assert_eq!((at.offset, at.len), (126, 2));
}

/// Repeated members do not make the search longer than the text.
#[test]
fn hostile_texts_take_no_longer() {
    let repeated = format!("{{{}\"a\": {{}}}}", "\"a\": {},".repeat(1 << 18));
    let pointers: Vec<String> = (0..1000).map(|index| format!("/a/{index}")).collect();
    let mut pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
    pointers.push("/a");
    let found = locate_all(&repeated, &pointers);
    assert_eq!(
        found
            .iter()
            .flatten()
            .map(|at| at.offset)
            .collect::<Vec<_>>(),
        [repeated.len() - 3]
    );
}
