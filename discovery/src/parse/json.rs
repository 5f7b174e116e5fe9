//! From text to JSON, within limits.

use serde_json::Value;
use serde_json::value::RawValue;

use super::repeated::{self, Repeated};
use crate::locate::{Position, position, positions};
use crate::problem::quoted;
use crate::{LARGEST, Pointer, Problem, Problems, Source};

/// The most values that are read, those inside of others counted too. Google's largest document has
/// about 100,000; each of them can become hundreds of bytes of Rust.
const MOST_VALUES: usize = 1_000_000;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a text, or says what is wrong with it.
pub(super) fn value(text: &str, source: Source, problems: &mut Problems) -> Option<Value> {
    match read(text, source) {
        Ok(value) => {
            // A member that has the name of another one replaced it.
            if count(&value) < values(text) {
                let repeated = repeated::find(text);
                let places: Vec<_> = repeated.iter().map(|one| Some(one.at.clone())).collect();
                let places = positions(text, &places).into_iter().flatten();
                let repeated = repeated.iter().zip(places);
                problems.extend(repeated.map(|(one, at)| twice(one, at, source)));
            }
            Some(value)
        }
        Err(problem) => {
            problems.push(problem.with_source(source));
            None
        }
    }
}

fn read(text: &str, source: Source) -> Result<Value, Problem> {
    if text.len() > LARGEST {
        let bytes = text.len();
        let message = format!("the text has {bytes} bytes, more than the {LARGEST} allowed");
        let help = "Google's largest document has 6 MiB";
        return Err(Problem::error(Pointer::ROOT, message).with_help(help));
    }
    if text.starts_with(BYTE_ORDER_MARK) {
        let at = position(text, 0..BYTE_ORDER_MARK.len_utf8());
        return Err(
            Problem::error(Pointer::ROOT, "the text begins with a byte order mark")
                .with_position(at)
                .with_help("save it as UTF-8 without the mark"),
        );
    }
    // Before anything is built: a value of seven bytes takes a hundred times as many in memory.
    let count = values(text);
    if count > MOST_VALUES {
        // What is not JSON has no number of values.
        serde_json::from_str::<&RawValue>(text).map_err(|error| syntax(text, &error, source))?;
        let message = format!("the text has {count} values, more than the {MOST_VALUES} allowed");
        let help = "Google's largest document has about 100,000";
        return Err(Problem::error(Pointer::ROOT, message).with_help(help));
    }
    serde_json::from_str(text).map_err(|error| syntax(text, &error, source))
}

fn syntax(text: &str, error: &serde_json::Error, source: Source) -> Problem {
    let (line, column) = (error.line(), error.column());
    let what = error.to_string();
    let what = what.strip_suffix(&format!(" at line {line} column {column}"));
    let message = format!("the text is not JSON: {}", what.unwrap_or_default());
    Problem::error(Pointer::ROOT, message)
        .with_position(place(text, line, column, error.is_eof()))
        .with_help(form(source))
}

/// The place of a character by its line and its byte on that line, both from one. The byte zero is
/// the end of the line before, unless the fault is that the text ends.
fn place(text: &str, line: usize, column: usize, is_end: bool) -> Position {
    let start = match line {
        0 | 1 => 0,
        line => {
            let end = text.match_indices('\n').nth(line - 2);
            end.map_or(text.len(), |(end, _)| end + 1)
        }
    };
    let at = match column {
        0 if is_end => start,
        0 => start.saturating_sub(1),
        column => start.saturating_add(column - 1),
    };
    let at = text.floor_char_boundary(at);
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.chars().next().map_or(0, char::len_utf8);
    position(text, at..at + length)
}

/// What to do about a text that is not JSON.
const fn form(source: Source) -> &'static str {
    match source {
        Source::Document => "use the file as it was published",
        Source::Overlay => "an overlay is JSON too: no comments, no comma at the end of a list",
    }
}

fn twice(repeated: &Repeated, at: Position, source: Source) -> Problem {
    let Repeated { pointer, name, .. } = repeated;
    let name = quoted(name);
    let problem = match source {
        Source::Document => {
            let message =
                format!("the key {name} is there more than once, and the last one counts");
            let help = "compare them; what the others say can be repeated in an overlay";
            Problem::warning(pointer, message).with_help(help)
        }
        Source::Overlay => {
            let message =
                format!("the key {name} is there already, and what it says would be lost");
            Problem::error(pointer, message).with_help("make one of the two")
        }
    };
    problem.with_source(source).with_position(at)
}

/// How many values there are. How deep they lie, the parser has bounded.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// How many values the text has. Of one that is not JSON, those before its fault are among them.
fn values(text: &str) -> usize {
    let (mut count, mut is_opened, mut is_string, mut is_escaped) = (1, false, false, false);
    for byte in text.bytes() {
        if is_string {
            is_string = is_escaped || byte != b'"';
            is_escaped = byte == b'\\' && !is_escaped;
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b']' | b'}' => is_opened = false,
            b',' => {
                count += 1;
                is_opened = false;
            }
            first => {
                // The first value of the list or object around it.
                count += usize::from(is_opened);
                is_opened = matches!(first, b'[' | b'{');
                is_string = first == b'"';
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_before_they_are_built() {
        for text in [
            "1",
            r#""a,b""#,
            "[]",
            "[ ]",
            "{}",
            "[1]",
            "[[]]",
            "[[], {}, [1, [2]]]",
            r#"{"a": 1, "b": {"c": [true, null]}, "d": "[,\"{\\"}"#,
            r#"{"a\\": [{"": 0}, {"": 0}]}"#,
        ] {
            let value = serde_json::from_str(text).expect(text);
            assert_eq!(values(text), count(&value), "{text}");
        }
    }
}
