//! Bytes that are not UTF-8, and byte order marks.

use insta::assert_snapshot;

use crate::support::{document, reported};

fn decoded(bytes: &[u8]) -> String {
    match discovery::decode(bytes) {
        Ok(text) => text.to_owned(),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    assert_eq!(decoded("{\"ü\": 1}".as_bytes()), "{\"ü\": 1}");
    assert_eq!(decoded(b""), "");
    assert_eq!(decoded(b"1"), "1");
    assert_snapshot!(decoded(b"{\n \"\xc3\xbc\": \"\xfc\"}"), @"
    error: 2:8: the byte 0xFC is not UTF-8
      help: save the file as UTF-8
    ");
}

#[test]
fn utf16_is_recognized() {
    let big = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<_>>()
    };
    let little = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>()
    };
    let reported = decoded(&big("\u{feff}{}"));
    assert_snapshot!(reported, @"
    error: 1:1: the text is UTF-16, but JSON must be UTF-8
      help: save the file as UTF-8; `>` of Windows PowerShell writes UTF-16
    ");
    for bytes in [little("\u{feff}{}"), big("{}"), little("{}")] {
        assert_eq!(decoded(&bytes), reported);
    }
}

#[test]
fn a_byte_order_mark() {
    let text = format!("\u{feff}{}", document());
    assert_snapshot!(reported(&text, None), @"
    error: 1:1: the text begins with a byte order mark
      help: save it as UTF-8 without the mark
    ");
    assert_snapshot!(reported(&document().to_string(), Some("\u{feff}{\"title\": \"Checks\"}")), @"
    error: overlay 1:1: the text begins with a byte order mark
      help: save it as UTF-8 without the mark
    ");
}
