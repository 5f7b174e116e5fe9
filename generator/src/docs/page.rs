//! Wraps and indents the lines of a comment, and escapes words that would begin a Markdown block.

use super::number::is_number;

/// The width of a line: the comment of a field, after four columns and `/// `, ends at column 100.
pub(super) const WIDTH: usize = 92;

#[derive(Default)]
pub(super) struct Page {
    lines: Vec<String>,
    /// The marker widths of the items around the next block.
    markers: Vec<usize>,
    /// The last block is the first one of an item, so the next item follows without a blank line.
    in_list: bool,
}

impl Page {
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    pub(super) fn paragraph<'a>(&mut self, depth: usize, words: impl Iterator<Item = &'a str>) {
        self.separate();
        self.markers.truncate(depth);
        let indent = " ".repeat(self.markers.iter().sum());
        self.fill(&indent, &indent, words);
        self.in_list = false;
    }

    pub(super) fn item<'a>(
        &mut self,
        depth: usize,
        marker: &str,
        words: impl Iterator<Item = &'a str>,
    ) {
        let begins_list = depth > 0 && depth >= self.markers.len();
        // Directly after the text of an item, only these begin a list.
        let can_follow = matches!(marker, "*" | "1." | "1)");
        if !self.in_list || begins_list && !can_follow {
            self.separate();
        }
        self.markers.truncate(depth);
        let mut first = " ".repeat(self.markers.iter().sum());
        self.markers.push(marker.len() + 1);
        first.push_str(marker);
        first.push(' ');
        let indent = " ".repeat(first.len());
        self.fill(&first, &indent, words);
        self.in_list = true;
    }

    /// Writes a block of code, labelled so that it is never compiled.
    pub(super) fn code<'a>(&mut self, depth: usize, lines: impl Iterator<Item = &'a str> + Clone) {
        let in_item = depth > 0 && self.in_list;
        if !in_item {
            self.separate();
        }
        self.markers.truncate(depth);
        let indent = " ".repeat(self.markers.iter().sum());
        let fence = "`".repeat(lines.clone().map(longest_fence).max().unwrap_or(0).max(2) + 1);
        self.lines.push(format!("{indent}{fence}text"));
        for line in lines {
            self.lines.push(if line.is_empty() {
                String::new()
            } else {
                format!("{indent}{line}")
            });
        }
        self.lines.push(format!("{indent}{fence}"));
        self.in_list = false;
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    /// Writes `words` in lines: the first begins with `first`, all others with `indent`.
    fn fill<'a>(&mut self, first: &str, indent: &str, words: impl Iterator<Item = &'a str>) {
        let mut line = Line::new(first);
        for word in words {
            if line.is_full(word) {
                let moved = line.split_off(word);
                let full = std::mem::replace(&mut line, Line::new(indent));
                self.lines.push(full.text);
                if !moved.is_empty() {
                    line.push(&moved);
                }
            }
            line.push(word);
        }
        self.lines.push(line.text.trim_end().to_owned());
    }
}

/// A line that is being filled.
struct Line {
    text: String,
    width: usize,
    /// The offset of the last word, unless it is the first one.
    last: Option<usize>,
    is_empty: bool,
}

impl Line {
    fn new(indent: &str) -> Self {
        let mut text = String::with_capacity(WIDTH);
        text.push_str(indent);
        Self {
            width: indent.len(),
            text,
            last: None,
            is_empty: true,
        }
    }

    fn is_full(&self, word: &str) -> bool {
        !self.is_empty && self.width + 1 + width(word) > WIDTH
    }

    fn push(&mut self, word: &str) {
        self.width += width(word);
        if self.is_empty {
            self.is_empty = false;
            return push_first(&mut self.text, word);
        }
        self.width += 1;
        self.text.push(' ');
        self.last = Some(self.text.len());
        self.text.push_str(word);
    }

    /// Removes and returns the last word if `next` would need an escape at the beginning of a line.
    fn split_off(&mut self, next: &str) -> String {
        match self.last {
            Some(last) if needs_escape(next).is_some() => {
                let moved = self.text.split_off(last);
                self.text.truncate(self.text.trim_end().len());
                moved
            }
            _ => String::new(),
        }
    }
}

/// Pushes the first word of a line, escaped if it would begin a block.
pub(super) fn push_first(line: &mut String, word: &str) {
    let (before, after) = needs_escape(word)
        .and_then(|at| word.split_at_checked(at))
        .unwrap_or((word, ""));
    line.push_str(before);
    if !after.is_empty() {
        line.push('\\');
        line.push_str(after);
    }
}

/// Returns the offset at which `word` needs a backslash at the beginning of a line, so that it does
/// not begin a list, a rule, a heading, a table or a quotation.
fn needs_escape(word: &str) -> Option<usize> {
    match word.as_bytes() {
        [b'>', ..] | [b'~', b'~', b'~', ..] => Some(0),
        [b'#', rest @ ..] => (rest.len() < 6 && rest.iter().all(|&b| b == b'#')).then_some(0),
        [b'0'..=b'9', ..] => is_number(word).then(|| word.len() - 1),
        bytes => bytes.iter().all(|b| b"-=+*_|:".contains(b)).then_some(0),
    }
}

fn width(word: &str) -> usize {
    if word.is_ascii() {
        word.len()
    } else {
        word.chars().count()
    }
}

fn longest_fence(line: &str) -> usize {
    let content = line.trim_start();
    content.len() - content.trim_start_matches('`').len()
}
