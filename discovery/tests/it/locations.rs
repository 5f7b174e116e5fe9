//! From pointers to lines and columns.

use discovery::locate;

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
}
