//! Splits the body of a streamed reply into its messages, as the pieces arrive.

use bytes::Bytes;

/// The messages of a body: a JSON array of objects, objects one after the other, such as one a line, or one
/// object.
///
/// Holds one message at a time, which may have up to `limit` bytes.
pub(crate) struct Elements {
    position: Position,
    is_array: bool,
    limit: usize,
    /// The beginning of the message that the position is in.
    element: Vec<u8>,
    /// The number of open brackets in it.
    depth: usize,
    in_string: bool,
    escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Position {
    Start,
    /// Behind the bracket that opens the array.
    First,
    /// Behind a comma of the array.
    Next,
    Element,
    /// Behind a message.
    After,
    /// Behind the array.
    End,
}

impl Elements {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            position: Position::Start,
            is_array: false,
            limit,
            element: Vec::new(),
            depth: 0,
            in_string: false,
            escaped: false,
        }
    }

    /// Takes bytes from the piece until a message is complete. Returns `None` if it needs another piece.
    ///
    /// # Errors
    ///
    /// If the body is of another form, or a message is too large.
    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Result<Option<Bytes>, String> {
        while let Some(&byte) = piece.first() {
            if self.position == Position::Element {
                if let Some(element) = self.rest_of_element(piece)? {
                    return Ok(Some(element));
                }
                continue;
            }
            self.position = match (self.position, byte) {
                (position, b' ' | b'\t' | b'\r' | b'\n') => position,
                (Position::Start, b'[') => {
                    self.is_array = true;
                    Position::First
                }
                (Position::First, b']') => Position::End,
                (Position::After, b']') if self.is_array => Position::End,
                (Position::After, b',') if self.is_array => Position::Next,
                (Position::Start | Position::First | Position::Next, b'{') => Position::Element,
                (Position::After, b'{') if !self.is_array => Position::Element,
                (position, byte) => return Err(unexpected(position, byte)),
            };
            if self.position != Position::Element {
                let _ = piece.split_to(1);
            }
        }
        Ok(None)
    }

    /// Checks that the body may end here.
    ///
    /// # Errors
    ///
    /// If something is missing.
    pub(crate) fn finish(&self) -> Result<(), String> {
        let missing = match self.position {
            Position::End => return Ok(()),
            Position::After if !self.is_array => return Ok(()),
            Position::Start => "it has no message",
            Position::Element => "it ends within a message",
            Position::First | Position::Next | Position::After => "it ends within its array",
        };
        Err(missing.to_owned())
    }

    fn rest_of_element(&mut self, piece: &mut Bytes) -> Result<Option<Bytes>, String> {
        let end = piece.iter().position(|&byte| self.closes(byte));
        let bytes = piece.split_to(end.map_or(piece.len(), |end| end + 1));
        if bytes.len() > self.limit.saturating_sub(self.element.len()) {
            let limit = self.limit;
            return Err(format!(
                "a message is larger than {limit} bytes; `with_max_response_size` sets the limit"
            ));
        }
        if end.is_some() {
            self.position = Position::After;
            if self.element.is_empty() {
                return Ok(Some(bytes));
            }
        }
        self.element.extend_from_slice(&bytes);
        Ok(end.map(|_| std::mem::take(&mut self.element).into()))
    }

    /// Reads a byte of a message. Returns whether it is the last.
    fn closes(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

fn unexpected(position: Position, byte: u8) -> String {
    let byte = byte.escape_ascii();
    match position {
        Position::Start => format!("it begins with `{byte}`, not with an object or an array"),
        Position::End => format!("`{byte}` follows its array"),
        _ => format!("`{byte}` stands where a message or the end is expected"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits a body that arrives in pieces of a length.
    fn split(body: &str, length: usize) -> Result<Vec<String>, String> {
        let mut elements = Elements::new(60);
        let mut found = Vec::new();
        for piece in body.as_bytes().chunks(length) {
            let mut piece = Bytes::copy_from_slice(piece);
            while let Some(element) = elements.next(&mut piece)? {
                found.push(String::from_utf8_lossy(&element).into_owned());
            }
        }
        elements.finish()?;
        Ok(found)
    }

    #[test]
    fn messages_are_found_wherever_pieces_end() {
        for (body, expected) in [
            (
                r#"[{"a":"]}\"{"},{"b":[{}]}]"#,
                &[r#"{"a":"]}\"{"}"#, r#"{"b":[{}]}"#] as &[_],
            ),
            (
                "[{\n\"a\": 1}\n,\r\n{\"a\": \"\\\\\"}\n]\n",
                &["{\n\"a\": 1}", r#"{"a": "\\"}"#],
            ),
            ("{\"a\":1}\n{\"a\":2}\n", &[r#"{"a":1}"#, r#"{"a":2}"#]),
            ("{}{} {}", &["{}", "{}", "{}"]),
            (" {\"é\":\"[\"} ", &["{\"é\":\"[\"}"]),
            ("[]", &[]),
            (" [ ] ", &[]),
        ] {
            for length in 1..=body.len() {
                assert_eq!(split(body, length).unwrap(), expected, "{body} {length}");
            }
        }
    }

    #[test]
    fn other_bodies_are_refused() {
        let large = format!("[{{\"a\":\"{}\"}}]", "x".repeat(60));
        for (body, problem) in [
            ("", "it has no message"),
            (" \n", "it has no message"),
            ("[", "it ends within its array"),
            ("[{}", "it ends within its array"),
            ("[{},", "it ends within its array"),
            ("[{},{\"a\"", "it ends within a message"),
            ("{\"a\":[}", "it ends within a message"),
            ("{\"a\":\"}", "it ends within a message"),
            (
                "<html>",
                "it begins with `<`, not with an object or an array",
            ),
            ("null", "it begins with `n`, not with an object or an array"),
            (
                "data: {}",
                "it begins with `d`, not with an object or an array",
            ),
            ("[1]", "`1` stands where a message or the end is expected"),
            (
                "[[{}]]",
                "`[` stands where a message or the end is expected",
            ),
            ("[,{}]", "`,` stands where a message or the end is expected"),
            ("[{},]", "`]` stands where a message or the end is expected"),
            (
                "[{}{}]",
                "`{` stands where a message or the end is expected",
            ),
            ("{},{}", "`,` stands where a message or the end is expected"),
            ("{}]", "`]` stands where a message or the end is expected"),
            ("[{}]{}", "`{` follows its array"),
            ("[{}][{}]", "`[` follows its array"),
            (
                &large,
                "a message is larger than 60 bytes; `with_max_response_size` sets the limit",
            ),
        ] {
            for length in 1..=body.len().max(1) {
                assert_eq!(split(body, length).unwrap_err(), problem, "{body} {length}");
            }
        }
    }
}
