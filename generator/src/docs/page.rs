//! The lines of a comment: wrapped, indented, and never mistaken for the beginning of a block.

/// A line's width. A field's comment stands four columns in, behind `/// `, and ends at column 100.
const WIDTH: usize = 92;

#[derive(Default)]
pub(super) struct Page {
    lines: Vec<String>,
    /// The widths of the markers of the items around the next block.
    markers: Vec<usize>,
    /// Whether the last block is an item's first one: the next item follows without a blank line.
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
        self.fill(indent.clone(), &indent, words);
        self.in_list = false;
    }

    pub(super) fn item<'a>(
        &mut self,
        depth: usize,
        marker: &str,
        words: impl Iterator<Item = &'a str>,
    ) {
        if !self.in_list {
            self.separate();
        }
        self.markers.truncate(depth);
        let mut first = " ".repeat(self.markers.iter().sum());
        self.markers.push(marker.len() + 1);
        first.push_str(marker);
        first.push(' ');
        let indent = " ".repeat(first.len());
        self.fill(first, &indent, words);
        self.in_list = true;
    }

    /// A block of code, labelled so that it is never compiled.
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

    fn fill<'a>(&mut self, first: String, indent: &str, words: impl Iterator<Item = &'a str>) {
        let mut line = first;
        let mut room = WIDTH.saturating_sub(line.len());
        let mut is_start = true;
        for word in words {
            let width = word.chars().count();
            if !is_start && width + 1 > room {
                self.lines
                    .push(std::mem::replace(&mut line, indent.to_owned()));
                room = WIDTH.saturating_sub(indent.len());
                is_start = true;
            }
            if is_start {
                push_first(&mut line, word);
                room = room.saturating_sub(width);
            } else {
                line.push(' ');
                line.push_str(word);
                room = room.saturating_sub(width + 1);
            }
            is_start = false;
        }
        if !is_start {
            self.lines.push(line);
        }
    }
}

/// Pushes the first word of a line, escaped where Markdown would see a list, a rule, a heading, a
/// table or a quotation begin.
pub(super) fn push_first(line: &mut String, word: &str) {
    let escaped = match word.as_bytes() {
        [b'>', ..] | [b'~', b'~', b'~', ..] => 0,
        [b'#', rest @ ..] if rest.len() < 6 && rest.iter().all(|&b| b == b'#') => 0,
        [b'0'..=b'9', ..] if super::blocks::is_number(word) => word.len() - 1,
        bytes if bytes.iter().all(|b| b"-=+*_|:".contains(b)) => 0,
        _ => return line.push_str(word),
    };
    let (before, after) = word.split_at_checked(escaped).unwrap_or((word, ""));
    line.push_str(before);
    line.push('\\');
    line.push_str(after);
}

fn longest_fence(line: &str) -> usize {
    let content = line.trim_start();
    content.len() - content.trim_start_matches('`').len()
}

/// The lines of code that lost its own line breaks.
pub(super) fn wrap(code: &str) -> Vec<String> {
    let mut page = Page::default();
    let mut line = String::new();
    for word in code.split_ascii_whitespace() {
        if !line.is_empty() && line.len() + 1 + word.len() > WIDTH {
            page.lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    page.lines.push(line);
    page.lines
}
