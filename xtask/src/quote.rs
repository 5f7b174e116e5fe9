//! The line of a text that a message is about, with a mark under the relevant part.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use discovery::{Position, Printable};
use serde::{Deserialize, Serialize};

/// The number of characters quoted before the marked part. A published document can be one line of
/// megabytes.
const BEFORE: usize = 60;
/// The number of characters quoted of the marked part and after it.
const AFTER: usize = 60;

/// A printable line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Quote {
    number: usize,
    line: String,
    marked: Range<usize>,
}

impl Quote {
    /// Returns the line of `text` at this position.
    pub(crate) fn new(text: &str, at: Position) -> Self {
        let (before, rest) = text.split_at_checked(at.offset).unwrap_or((text, ""));
        let on_line = |(_, c): &(usize, char)| *c != '\n';
        let start = before.char_indices().rev().take_while(on_line).take(BEFORE);
        let start = start.last().map_or(before.len(), |(start, _)| start);
        let end = rest.char_indices().take_while(on_line).take(AFTER);
        let end = end.last().map_or(0, |(last, c)| last + c.len_utf8());
        let (outside, before) = before.split_at(start);
        let (rest, outside_too) = rest.split_at(end);
        let (marked, after) = rest.split_at(rest.floor_char_boundary(at.len));

        let mut line = String::new();
        if !outside.is_empty() && !outside.ends_with('\n') {
            line.push('…');
        }
        line.push_str(&printed(before));
        let from = line.len();
        line.push_str(&printed(marked));
        let marked = from..line.len();
        line.push_str(printed(after).trim_end_matches(r"\r"));
        if !outside_too.is_empty() && !outside_too.starts_with('\n') {
            line.push('…');
        }
        Self {
            number: at.line,
            line,
            marked,
        }
    }

    /// Returns the width of the line number.
    pub(crate) fn width(&self) -> usize {
        self.number.to_string().len()
    }

    /// Returns the line with its notes, each with its kind.
    pub(crate) fn render(
        &self,
        is_error: bool,
        notes: &[(Level<'_>, String)],
        color: bool,
    ) -> String {
        let snippet = Snippet::source(&self.line)
            .line_start(self.number)
            .annotation(AnnotationKind::Primary.span(self.marked.clone()));
        let level = if is_error {
            Level::ERROR
        } else {
            Level::WARNING
        };
        let notes = notes.iter();
        let notes = notes.map(|(kind, note)| kind.clone().message(note));
        let group = Group::with_level(level).element(snippet).elements(notes);
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group]) + "\n"
    }
}

/// Escapes a part of the line. Tabs become spaces, since some documents are indented with them.
fn printed(text: &str) -> String {
    Printable(&text.replace('\t', "    ")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quote of the value that a pointer leads to.
    fn quote(text: &str, pointer: &str) -> String {
        let at = discovery::locate(text, pointer).unwrap();
        Quote::new(text, at).render(true, &[], false)
    }

    #[test]
    fn a_line_of_a_text() {
        insta::assert_snapshot!(quote("{\r\n\t\"a\": 1, \"bé\": [true], \"c\": 2\r\n}", "/bé"), @r#"
          |
        2 |     "a": 1, "bé": [true], "c": 2
          |                   ^^^^^^
        "#);
        insta::assert_snapshot!(quote("{\n  \"a\": {\n    \"b\": 1\n  }\n}", "/a"), @r#"
          |
        2 |   "a": {
          |        ^
        "#);
        insta::assert_snapshot!(quote("\n\n\"\"", ""), @r#"
          |
        3 | ""
          | ^^
        "#);
    }

    #[test]
    fn a_line_of_megabytes() {
        let long = "\"x\",".repeat(1 << 18);
        let text = format!("{{\"a\": [{long}1], \"b\": 2, \"c\": [{long}1]}}");
        insta::assert_snapshot!(quote(&text, "/b"), @r#"
          |
        1 | …x","x","x","x","x","x","x","x","x","x","x","x","x",1], "b": 2, "c": ["x","x","x","x","x","x","x","x","x","x","x","x","x"…
          |                                                              ^
        "#);
        insta::assert_snapshot!(quote(&text, "/c"), @r#"
          |
        1 | …x","x","x","x","x","x","x","x","x","x","x",1], "b": 2, "c": ["x","x","x","x","x","x","x","x","x","x","x","x","x","x","x"…
          |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#);
        insta::assert_snapshot!(quote(&text, ""), @r#"
          |
        1 | {"a": ["x","x","x","x","x","x","x","x","x","x","x","x","x","…
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#);
    }

    #[test]
    fn invisible_characters_are_shown() {
        insta::assert_snapshot!(quote("{\"\u{202e}a\": \"\u{9b}2J\u{200b}\"}", "/\u{202e}a"), @r#"
          |
        1 | {"\u{202e}a": "\u{9b}2J\u{200b}"}
          |               ^^^^^^^^^^^^^^^^^^
        "#);
    }

    #[test]
    fn a_place_beyond_the_text() {
        let at = Position {
            line: 7,
            column: 1,
            offset: 100,
            len: 5,
        };
        insta::assert_snapshot!(Quote::new("{", at).render(false, &[], false), @"
          |
        7 | {
          |  ^
        ");
    }
}
