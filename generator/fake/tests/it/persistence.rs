//! The state in a file.

use std::fs;

use discovery_fake::Fake;
use serde_json::json;

use crate::support::{ARCHIVE, LIBRARY, document, get, post, send, with_shelves};

#[test]
fn a_new_process_has_the_state_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let start = || {
        let fake = Fake::of([LIBRARY, ARCHIVE].map(document));
        fake.with_state_file(&path).unwrap()
    };
    let fake = start();
    with_shelves(&fake, &[("a", "A"), ("b", "B")]);
    get(&fake, "DELETE v1/shelves/b").ok();
    let operation = post(
        &fake,
        "POST v1/shelves/a/books",
        json!({"book": {}, "bookId": "k"}),
    )
    .ok();
    send(
        &fake,
        "POST upload/archive/v1/b/b/o?uploadType=media&name=o",
        &[],
        vec![7, 0, 255],
    )
    .ok();
    let before = fake.state();
    drop(fake);

    let fake = start();
    assert_eq!(fake.state(), before);
    let line = format!("POST v1/{}:wait", operation["name"].as_str().unwrap());
    post(&fake, &line, json!({})).ok();
    assert_eq!(get(&fake, "GET v1/shelves/a/books/k").status, 200);
    let media = get(&fake, "GET archive/v1/b/b/o/o?alt=media");
    assert_eq!(&media.reply.body()[..], [7, 0, 255]);
    let added = post(&fake, "POST v1/shelves", json!({"theme": "C"})).ok();
    assert!(
        before
            .get(format!("library:v1/v1/{}", added["name"].as_str().unwrap()))
            .is_none()
    );
}

#[test]
fn a_line_that_was_cut_off_is_ignored() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let start = || Fake::new(document(LIBRARY)).with_state_file(&path);
    with_shelves(&start().unwrap(), &[("a", "A"), ("b", "B")]);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text[..text.len() - 20]).unwrap();
    let fake = start().unwrap();
    assert_eq!(get(&fake, "GET v1/shelves/a").status, 200);
    assert_eq!(get(&fake, "GET v1/shelves/b").status, 404);
}

#[test]
fn a_line_may_be_cut_off_within_a_character() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let start = || Fake::new(document(LIBRARY)).with_state_file(&path);
    with_shelves(&start().unwrap(), &[("a", "A"), ("b", "\u{e9}")]);
    let bytes = fs::read(&path).unwrap();
    let within = bytes.iter().rposition(|byte| *byte == 0xa9).unwrap();
    fs::write(&path, &bytes[..within]).unwrap();
    let fake = start().unwrap();
    assert_eq!(get(&fake, "GET v1/shelves/a").status, 200);
    assert_eq!(get(&fake, "GET v1/shelves/b").status, 404);
}

#[test]
fn another_file_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "one\ntwo\n").unwrap();
    let error = Fake::new(document(LIBRARY))
        .with_state_file(&path)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("line 1 is not an entry of a state file"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
}
