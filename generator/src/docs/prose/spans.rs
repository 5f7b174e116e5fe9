//! Reads what a mark in prose begins: code, a link, an address, emphasis, or nothing.

use super::link::{self, Destination};
use super::{InlineContext, Kind, Reader, address, mark};

/// Longer code is a block of its own if it was one in the source.
const MAX_INLINE_CODE: usize = 60;
/// A longer word is not a path that a person would want to read as code.
const MAX_CODE_WORD: usize = 300;
/// A longer JSON object is shown as prose.
const MAX_OBJECT: usize = 4096;

impl<'a> Reader<'a> {
    pub(super) fn backticks(&mut self) {
        let run = mark::run(self.source, self.at, b'`');
        let Some(end) = self.closing(run) else {
            return self.escape(run);
        };
        let code = self.source.get(self.at + run..end).unwrap_or_default();
        self.at = end + run;
        if run < 3 {
            self.push_code(code)
        } else {
            self.push_fenced(without_language(code.trim()))
        }
    }

    /// Returns the offset of the backticks that end a code span of `run` backticks.
    fn closing(&mut self, run: usize) -> Option<usize> {
        let bit = 1u32.checked_shl(u32::try_from(run).ok()?)?;
        let mut at = self.at + run;
        while self.unpaired & bit == 0 {
            let Some(found) = self.source.get(at..).and_then(|rest| rest.find('`')) else {
                self.unpaired |= bit;
                break;
            };
            let length = mark::run(self.source, at + found, b'`');
            if length == run {
                return Some(at + found);
            }
            at += found + length;
        }
        None
    }

    /// Writes fenced code, as a block if it is long; without a full stop, which would be a paragraph.
    fn push_fenced(&mut self, code: &str) {
        if self.context != InlineContext::Paragraph || code.len() <= MAX_INLINE_CODE {
            return self.push_code(code);
        }
        self.finish_word();
        self.prose.push(Kind::Code, code);
        self.word = self.prose.text.len();
        if matches!(self.byte(0), b'.' | b',' | b';') && self.byte(1) == b' ' {
            self.at += 1;
        }
    }

    /// Writes a code span with single blanks, as it is displayed.
    fn push_code(&mut self, code: &str) {
        // Two runs of backticks would become one.
        let joins = self.written().ends_with('`');
        let text = &mut self.prose.text;
        text.extend(joins.then_some(' '));
        let mut longest = 0;
        let mut rest = code;
        while let Some(found) = rest.find('`') {
            let run = mark::run(rest, found, b'`');
            longest = longest.max(run);
            rest = rest.get(found + run..).unwrap_or_default();
        }
        let fence = longest + 1;
        let padded = longest > 0 || code.trim().is_empty();
        text.extend(std::iter::repeat_n('`', fence));
        text.extend(padded.then_some(' '));
        for (index, word) in code.split_ascii_whitespace().enumerate() {
            text.extend((index > 0).then_some(' '));
            text.push_str(word);
        }
        text.extend((longest > 0).then_some(' '));
        text.extend(std::iter::repeat_n('`', fence));
    }

    /// Writes a path, a template or a pattern as code; returns false if `word` is prose.
    pub(super) fn code_word(&mut self, word: &str) -> bool {
        if word.len() > MAX_CODE_WORD {
            return false;
        }
        let (before, code, after) = mark::trim(word);
        let start = self.at + before.len();
        let ends_emphasis = |end| (self.at..self.at + word.len()).contains(&end);
        if code.contains(['`', '\\'])
            || word.contains("http://")
            || word.contains("https://")
            || self.emphasis_end.is_some_and(ends_emphasis)
            || !mark::is_code(self.source, start, code)
            || self.has_span(word)
        {
            return false;
        }
        self.prose.text.push_str(before);
        self.push_code(code);
        self.prose.text.push_str(after);
        self.at += word.len();
        true
    }

    /// Returns true if a link or emphasis begins in `word`.
    fn has_span(&self, word: &str) -> bool {
        word.bytes().enumerate().any(|(index, b)| match b {
            b'[' => {
                let at = self.at + index;
                link::find(self.source, at, self.home).is_some()
                    || link::reference(self.source.get(at..).unwrap_or_default()).is_some()
            }
            b'*' => mark::emphasis(self.source, self.at + index).is_some(),
            _ => false,
        })
    }

    /// Writes a JSON object without markup as code; returns false if there is none.
    pub(super) fn object(&mut self) -> bool {
        let rest = self.rest();
        if self.context != InlineContext::Paragraph
            || self.open_object
            || !(rest.starts_with("{\"") || rest.starts_with("{ \""))
        {
            return false;
        }
        let Some(object) = object(rest) else {
            self.open_object = true;
            return false;
        };
        self.at += object.len();
        self.push_fenced(object);
        while self.byte(0) != b' ' {
            self.step();
        }
        true
    }

    pub(super) fn bracket(&mut self) {
        let link = link::find(self.source, self.at, self.home)
            .filter(|_| self.context != InlineContext::Link);
        let Some(link) = link else {
            if let Some((name, length)) = link::reference(self.rest()) {
                self.at += length;
                return self.push_code(name);
            }
            return self.escape(1);
        };
        self.at = link.end;
        // The browser of every reader would fetch an image.
        if self.written().ends_with('!') {
            self.prose.text.pop();
            self.prose.text.push_str("\\!");
        }
        match link.destination {
            Destination::Address(address) => {
                self.prose.text.push('[');
                self.push_inner(link.text, InlineContext::Link);
                self.prose.text.push_str("](");
                self.prose.text.push_str(&address);
                self.prose.text.push(')');
            }
            Destination::Unknown(path) => {
                self.push_inner(link.text, InlineContext::Line);
                self.prose.text.push_str(" (");
                self.push_code(path);
                self.prose.text.push(')');
            }
            Destination::Here => self.push_inner(link.text, InlineContext::Line),
        }
    }

    /// Writes the text of a link, which stays on one line.
    fn push_inner(&mut self, text: &str, context: InlineContext) {
        let inner = Reader::new(text, None, context).read();
        for (index, piece) in inner.pieces().iter().enumerate() {
            self.prose.text.extend((index > 0).then_some(' '));
            self.prose.text.push_str(inner.text(piece));
        }
    }

    pub(super) fn angle(&mut self) {
        if let Some((address, length)) = address::bracketed(self.rest()) {
            self.at += length;
            self.push_address(address);
        } else if mark::is_active(self.source, self.at) {
            self.escape(1);
        } else {
            self.copy(1);
        }
    }

    pub(super) fn stars(&mut self) {
        let run = mark::run(self.source, self.at, b'*');
        if self.emphasis_end == Some(self.at) {
            return self.copy(run);
        }
        match mark::emphasis(self.source, self.at) {
            Some(end) if self.emphasis_end.is_none_or(|open| open < self.at) => {
                self.emphasis_end = Some(end);
                self.copy(run);
            }
            _ if mark::is_active(self.source, self.at) => self.escape(run),
            _ => self.copy(run),
        }
    }

    pub(super) fn backslash(&mut self) {
        match self.byte(1) {
            // Escaped in the description already.
            b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'#' | b'|' | b'~' => {
                self.copy(2)
            }
            next if next == b' ' || next.is_ascii_punctuation() => self.escape(1),
            // An address gets angle brackets, which must not be escaped.
            b'h' => self.escape(1),
            _ => self.copy(1),
        }
    }

    pub(super) fn colon(&mut self) {
        let found = address::find(self.source, self.at);
        let Some((scheme, length)) = found.filter(|(scheme, _)| self.written().ends_with(scheme))
        else {
            return self.copy(1);
        };
        if self.context == InlineContext::Link {
            return self.copy(1);
        }
        let end = self.prose.text.len() - scheme.len();
        self.prose.text.truncate(end);
        if self.written().ends_with(char::is_alphabetic) {
            // Some published texts lack the space in front of a link.
            self.finish_word();
        }
        let start = self.at - scheme.len();
        self.at = start + length;
        self.push_address(self.source.get(start..self.at).unwrap_or_default());
    }

    fn push_address(&mut self, address: &str) {
        if self.context == InlineContext::Link || address::is_template(address) {
            return self.push_code(address);
        }
        self.prose.text.push('<');
        self.prose.text.push_str(address);
        self.prose.text.push('>');
    }
}

/// Removes the label of a fence whose lines were joined: `json { … }`.
fn without_language(code: &str) -> &str {
    const LANGUAGES: [&str; 12] = [
        "json", "yaml", "text", "none", "sql", "http", "xml", "proto", "python", "shell", "bash",
        "html",
    ];
    let (first, rest) = code.split_once(' ').unwrap_or_default();
    if LANGUAGES.contains(&first) {
        rest.trim_start()
    } else {
        code
    }
}

/// Returns the object at the beginning of `text`, up to its closing brace.
fn object(text: &str) -> Option<&str> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (index, byte) in text.bytes().take(MAX_OBJECT).enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => depth -= 1,
            b'`' => return None,
            _ => {}
        }
        if depth == 0 {
            let object = text.get(..=index)?;
            let is_object =
                object.contains(':') && !mark::byte(text, index + 1).is_ascii_alphanumeric();
            return is_object.then_some(object);
        }
    }
    None
}
