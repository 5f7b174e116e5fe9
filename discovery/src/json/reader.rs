//! Reads a JSON text into a tree of nodes, within bounds.
//!
//! `serde_json` checks the grammar and reads the scalars. One pass over the text then builds the
//! nodes, counts them, and finds repeated names.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;
use serde_json::{Deserializer, Error};

use super::node::{Members, Node, Value};
use crate::problem::{KEPT, quoted};
use crate::{LARGEST, Pointer, Position, Problem};

/// The largest number of values, nested ones included. Google's largest document has about 100,000;
/// each value can become hundreds of bytes of Rust.
const MOST_VALUES: usize = 1_000_000;

/// The largest number of arrays and objects around a value: nodes are read by recursion.
const DEEPEST: usize = 127;

/// The length of the longest pointer to a repeated name, in bytes: keys can be as long as the text,
/// and each of many problems repeats those around it.
const LONGEST_POINTER: usize = 1000;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text that was read.
pub(crate) struct Json<'t> {
    pub(crate) root: Node<'t>,
    /// The first names that occur again in their object, up to the reporting limit.
    pub(crate) repeated: Vec<Repeated>,
}

/// A name that the same object has already. Only the last member is kept
/// ([RFC 8259, section 4](https://www.rfc-editor.org/rfc/rfc8259#section-4)).
pub(crate) struct Repeated {
    /// The pointer of the member, or of a value around it if the pointer is too long.
    pub(crate) pointer: String,
    /// The name, quoted.
    pub(crate) name: String,
    /// The bytes of the name in the text.
    pub(crate) span: Range<usize>,
}

/// Reads a text.
///
/// # Errors
///
/// A text that is not JSON, too long, or nested too deep, or that has too many values. Only the
/// problem of a text that is not JSON has no help.
pub(crate) fn read(text: &str) -> Result<Json<'_>, Problem> {
    if text.len() > LARGEST {
        let bytes = text.len();
        let message = format!("the text has {bytes} bytes, more than the {LARGEST} allowed");
        let help = "Google's largest document has 6 MiB";
        return Err(Problem::error(Pointer::ROOT, message).with_help(help));
    }
    if text.starts_with(BYTE_ORDER_MARK) {
        let mark = Position::of(text, 0..BYTE_ORDER_MARK.len_utf8());
        let message = "the text begins with a byte order mark";
        let problem = Problem::error(Pointer::ROOT, message).with_position(mark);
        return Err(problem.with_help("save it as UTF-8 without the mark"));
    }
    let mut reader = Reader {
        text,
        at: 0,
        values: 0,
        depth: 0,
        repeated: Vec::new(),
    };
    serde_json::from_str::<&RawValue>(text).map_err(|error| reader.syntax(0, &error))?;
    let root = reader.value(&Pointer::ROOT)?;
    Ok(Json {
        root,
        repeated: reader.repeated,
    })
}

/// A place in a text whose grammar has been checked.
struct Reader<'t> {
    text: &'t str,
    /// The current byte offset.
    at: usize,
    values: usize,
    depth: usize,
    repeated: Vec<Repeated>,
}

impl<'t> Reader<'t> {
    fn value(&mut self, pointer: &Pointer<'_>) -> Result<Node<'t>, Problem> {
        let first = self.next();
        let start = self.at;
        self.values += 1;
        if self.values > MOST_VALUES {
            let message = format!("the text has more than the {MOST_VALUES} values allowed");
            let help = "Google's largest document has about 100,000";
            return Err(self.problem(start, message).with_help(help));
        }
        let value = match first {
            Some(b'{' | b'[') => self.nested(first == Some(b'{'), pointer)?,
            Some(b'"') => Value::String(self.string()?),
            _ => match self.scalar()? {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                number => Value::Number(number),
            },
        };
        let span = start..self.at;
        Ok(Node { span, value })
    }

    fn nested(&mut self, is_object: bool, pointer: &Pointer<'_>) -> Result<Value<'t>, Problem> {
        if self.depth == DEEPEST {
            let message = format!("the text is nested more than {DEEPEST} levels deep");
            let help = "give nested schemas a name in `schemas`, and refer to them";
            return Err(self.problem(self.at, message).with_help(help));
        }
        self.depth += 1;
        self.at += 1;
        let value = if is_object {
            Value::Object(self.members(pointer)?)
        } else {
            Value::Array(self.elements(pointer)?)
        };
        self.at += 1;
        self.depth -= 1;
        Ok(value)
    }

    fn elements(&mut self, pointer: &Pointer<'_>) -> Result<Vec<Node<'t>>, Problem> {
        let mut elements = Vec::new();
        while self.next() != Some(b']') {
            elements.push(self.value(&pointer.index(elements.len()))?);
        }
        Ok(elements)
    }

    fn members(&mut self, pointer: &Pointer<'_>) -> Result<Members<'t>, Problem> {
        let mut members = Members::new();
        while self.next() != Some(b'}') {
            let start = self.at;
            let name = self.string()?;
            let pointer = pointer.key(&name);
            if members.contains_key(&name) && self.repeated.len() < KEPT {
                self.repeated.push(Repeated {
                    pointer: pointer.shortened(LONGEST_POINTER),
                    name: quoted(&name),
                    span: start..self.at,
                });
            }
            let value = self.value(&pointer)?;
            members.insert(name, value);
        }
        Ok(members)
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Problem> {
        let start = self.at;
        let raw = self.scalar()?;
        let inner = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
        match inner.filter(|inner| !inner.contains('\\')) {
            Some(plain) => Ok(Cow::Borrowed(plain)),
            None => serde_json::from_str(raw)
                .map(Cow::Owned)
                .map_err(|error| self.syntax(start, &error)),
        }
    }

    /// Returns the text of the string, number, or literal that begins here.
    fn scalar(&mut self) -> Result<&'t str, Problem> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut values = Deserializer::from_str(rest).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(raw)) => {
                self.at += raw.get().len();
                Ok(raw.get())
            }
            Some(Err(error)) => Err(self.syntax(self.at, &error)),
            None => Err(self.problem(self.at, "the text ends too early".to_owned())),
        }
    }

    /// Skips everything between two values, and returns the first byte of the second.
    fn next(&mut self) -> Option<u8> {
        let is_between = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':');
        let rest = self.text.as_bytes().get(self.at..)?;
        let next = rest.iter().position(|byte| !is_between(byte))?;
        self.at += next;
        rest.get(next).copied()
    }

    /// A problem with the character at an offset.
    fn problem(&self, offset: usize, message: String) -> Problem {
        let offset = self.text.floor_char_boundary(offset);
        let rest = self.text.get(offset..).unwrap_or_default();
        let length = rest.chars().next().map_or(0, char::len_utf8);
        let position = Position::of(self.text, offset..offset + length);
        Problem::error(Pointer::ROOT, message).with_position(position)
    }

    /// The problem that `serde_json` has with the text from `start` on.
    fn syntax(&self, start: usize, error: &Error) -> Problem {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let text = text.strip_suffix(&format!(" at line {line} column {column}"));
        let text = text.unwrap_or_default();
        // Lines and bytes count from one. Byte zero is the line break before, or the end of the text.
        let rest = self.text.get(start..).unwrap_or_default();
        let lines = rest.split_inclusive('\n').take(line.saturating_sub(1));
        let line: usize = lines.map(str::len).sum();
        let byte = match column {
            0 if error.is_eof() => line,
            0 => line.saturating_sub(1),
            // A string that is skipped ends before this character.
            column if text.starts_with("control character") => line + column,
            column => line + column - 1,
        };
        self.problem(start + byte, format!("the text is not JSON: {text}"))
    }
}
