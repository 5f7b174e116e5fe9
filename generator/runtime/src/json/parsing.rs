//! Parses the JSON of responses, leniently where an error would lose a response for one text in it.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Result};

/// The deepest nesting that is read; the parts of an email may be deep.
const DEPTH: usize = 256;

/// The deepest nesting that the parser reads unless its limit is off.
const PARSER_DEPTH: usize = 127;

/// U+FFFD as an escape.
const REPLACEMENT: &[u8] = br"\ufffd";

/// Parses JSON. Half of a surrogate pair, and bytes that are not UTF-8, read as U+FFFD.
///
/// # Errors
///
/// If the text is not JSON of a `T`, or nested too deeply.
pub(crate) fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T> {
    let error = match serde_json::from_slice(json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let (depth, repaired) = (depth(json), repaired(json));
    if depth > DEPTH || (depth <= PARSER_DEPTH && repaired == json) {
        return Err(error);
    }
    let mut deserializer = Deserializer::from_slice(&repaired);
    deserializer.disable_recursion_limit();
    let value = T::deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|_| error)
}

/// Returns the number of lists and objects around the innermost value.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for &byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Replaces what no Rust string can hold.
fn repaired(json: &[u8]) -> Vec<u8> {
    let text = match String::from_utf8_lossy(json) {
        Cow::Borrowed(_) => Cow::Borrowed(json),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    };
    let mut repaired = Vec::with_capacity(text.len());
    let mut rest: &[u8] = &text;
    // A backslash is always part of a string.
    while let Some(start) = rest.iter().position(|byte| *byte == b'\\') {
        let (before, escape) = rest.split_at(start);
        repaired.extend_from_slice(before);
        let (length, is_whole) = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (12, true),
            (Some(0xd800..0xe000), _) => (6, false),
            (Some(_), _) => (6, true),
            (None, _) => (2, true),
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, &[]));
        repaired.extend_from_slice(if is_whole { escape } else { REPLACEMENT });
        rest = after;
    }
    repaired.extend_from_slice(rest);
    repaired
}

/// Returns the UTF-16 unit of the escape `\uXXXX` at the start of a text.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(br"\u")?.get(..4)?;
    let digits = str::from_utf8(digits).ok()?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{from_slice, repaired};

    #[test]
    fn what_is_not_unicode_is_replaced() {
        for (json, expected) in [
            (&br#""a\ud83d""#[..], "a\u{fffd}"),
            (br#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (br#""\ud83d\ud83d\ude00\n""#, "\u{fffd}\u{1f600}\n"),
            (br#""\\ud83d\ud83d""#, "\\ud83d\u{fffd}"),
            (b"\"\xffa\\ud83d\"", "\u{fffd}a\u{fffd}"),
        ] {
            let read: Value = from_slice(json).expect("a string");
            assert_eq!(read, expected, "{}", json.escape_ascii());
        }
    }

    #[test]
    fn all_else_is_as_it_was() {
        for json in [
            r#""\u00e9\\\"\ud83d\ude00""#,
            r#""\u12"#,
            "\\",
            r"\u00e9\ud83d",
        ] {
            let expected = json.replace(r"\u00e9\ud83d", r"\u00e9\ufffd");
            let expected = if json.ends_with('"') {
                json.to_owned()
            } else {
                expected
            };
            assert_eq!(repaired(json.as_bytes()), expected.as_bytes(), "{json}");
        }
    }

    #[test]
    fn errors_are_those_of_the_text_as_it_came() {
        let error = from_slice::<Value>(br#"["\ud83d", }"#).expect_err("not JSON");
        assert_eq!(
            error.to_string(),
            "unexpected end of hex escape at line 1 column 9"
        );
    }

    #[test]
    fn nesting_is_limited() {
        let nested = |depth| format!("{}\"[[\"{}", "[".repeat(depth), "]".repeat(depth));
        assert!(from_slice::<Value>(nested(256).as_bytes()).is_ok());
        let error = from_slice::<Value>(nested(257).as_bytes()).expect_err("too deep");
        assert!(
            error.to_string().starts_with("recursion limit exceeded"),
            "{error}"
        );
        let open = "[".repeat(1_000_000);
        from_slice::<Value>(open.as_bytes()).expect_err("too deep");
    }
}
