//! Documents in which a value is replaced by another one with the same key: those that parse are served.

use bytes::Bytes;
use discovery::Document;
use discovery_fake::Fake;
use http::Request;
use serde_json::Value;

use crate::support::{ARCHIVE, FLEET, LIBRARY};

/// Requests to the three documents, with their bodies.
const REQUESTS: [(&str, &str); 16] = [
    (
        "POST v1/shelves?shelfId=a",
        r#"{"theme": "A", "labels": {"a": "1"}, "location": {"floor": 1}}"#,
    ),
    (
        "PATCH v1/shelves/a?updateMask=theme,location.room",
        r#"{"theme": "B"}"#,
    ),
    (
        "GET v1/shelves?pageSize=1&orderBy=theme&filter=rows=1&fields=shelves(name)",
        "",
    ),
    (
        "POST v1/shelves/a/books",
        r#"{"book": {"title": "T"}, "bookId": "b"}"#,
    ),
    ("GET v1/operations", ""),
    (
        "POST v1/shelves/a:setIamPolicy",
        r#"{"policy": {"version": 1}}"#,
    ),
    ("GET v1/shelves/a/settings", ""),
    ("DELETE v1/shelves/a?force=true", ""),
    (
        "POST fleet/v1/projects/p/zones/z/trucks",
        r#"{"name": "t"}"#,
    ),
    ("GET fleet/v1/projects/p/zones/z/trucks/t", ""),
    (
        "PATCH fleet/v1/projects/p/zones/z/trucks/t",
        r#"{"labels": {"a": null}}"#,
    ),
    ("GET fleet/v1/projects/p/aggregated/trucks", ""),
    ("POST archive/v1/b?project=p", r#"{"name": "b"}"#),
    (
        "POST upload/archive/v1/b/b/o?uploadType=media&name=o",
        "media",
    ),
    ("GET archive/v1/b/b/o/o?alt=media", ""),
    ("GET archive/v1/b?project=p", ""),
];

#[test]
fn every_document_that_parses_is_served() {
    let mut served = 0;
    for text in [LIBRARY, FLEET, ARCHIVE] {
        let document: Value = serde_json::from_str(text).unwrap();
        let pointers = pointers(&document, String::new());
        for (index, pointer) in pointers.iter().enumerate().step_by(3) {
            let key = pointer.rsplit('/').next();
            let alike = pointers
                .iter()
                .filter(|other| other.rsplit('/').next() == key);
            let alike: Vec<_> = alike.collect();
            let other = alike[(index * 7_919 + 31) % alike.len()];
            let replacement = document.pointer(other).unwrap().clone();
            let mut mutant = document.clone();
            *mutant.pointer_mut(pointer).unwrap() = replacement;
            if let Ok(parsed) = Document::parse(&mutant.to_string(), None) {
                served += 1;
                serve(parsed.document);
            }
        }
    }
    assert!(served > 100, "{served}");
}

fn serve(document: Document) {
    let fake = Fake::new(document);
    for (line, body) in REQUESTS {
        let (verb, path) = line.split_once(' ').unwrap();
        let request = Request::builder()
            .method(verb)
            .uri(format!("http://127.0.0.1/{path}"));
        let reply = fake.call(request.body(Bytes::from(body)).unwrap());
        assert_ne!(reply.status(), 500, "{line}");
    }
}

/// Returns the pointers of a value and of all values in it.
fn pointers(value: &Value, at: String) -> Vec<String> {
    let mut all = Vec::new();
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                all.extend(pointers(value, format!("{at}/{key}")));
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                all.extend(pointers(value, format!("{at}/{index}")));
            }
        }
        _ => {}
    }
    all.push(at);
    all
}
