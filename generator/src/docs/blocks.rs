//! Splits descriptions that kept their line breaks into paragraphs, list items and code blocks.
//!
//! Not strictly CommonMark: published descriptions indent lists by three to six columns without
//! meaning code, and contain JSON without any markup.

use std::borrow::Cow;

use super::number::{follows, is_number};

/// A part of a description, with the number of list items around it.
#[derive(Debug, PartialEq)]
pub(super) enum Block<'a> {
    Paragraph {
        depth: usize,
        text: Cow<'a, str>,
    },
    Heading(&'a str),
    Item {
        depth: usize,
        marker: &'a str,
        text: Cow<'a, str>,
    },
    Code {
        depth: usize,
        lines: Vec<&'a str>,
    },
}

impl Block<'_> {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Paragraph { text, .. } | Self::Item { text, .. } => text.is_empty(),
            Self::Heading(text) => text.is_empty(),
            Self::Code { lines, .. } => lines.is_empty(),
        }
    }
}

/// Deeper lists are shown at this depth.
const MAX_DEPTH: usize = 4;
/// The indentation that makes a line after a blank one code.
const CODE_COLUMN: usize = 4;
/// The number of lines in which the end of an opening bracket is searched.
const MAX_BRACKETED: usize = 200;

/// Splits `text`, which holds no tabs, into its blocks.
pub(super) fn split(text: &str) -> Vec<Block<'_>> {
    if !text.contains('\n') {
        return vec![Block::Paragraph {
            depth: 0,
            text: Cow::Borrowed(text),
        }];
    }
    let lines = text.lines().map(Line::new).collect();
    let mut splitter = Splitter {
        lines,
        next: 0,
        blocks: Vec::new(),
        items: Vec::new(),
        number: "",
        open: false,
    };
    while let Some(line) = splitter.line(0) {
        splitter.take(line);
    }
    splitter.blocks
}

/// A line and the column in which its content begins.
#[derive(Clone, Copy)]
struct Line<'a> {
    column: usize,
    content: &'a str,
    raw: &'a str,
}

impl<'a> Line<'a> {
    fn new(raw: &'a str) -> Self {
        let raw = raw.trim_end();
        let content = raw.trim_start();
        Self {
            column: raw.len() - content.len(),
            content,
            raw,
        }
    }

    /// Returns the line without its first `columns` columns, if they are blank.
    fn dedent(&self, columns: usize) -> &'a str {
        self.raw.get(columns.min(self.column)..).unwrap_or_default()
    }
}

struct Splitter<'a> {
    lines: Vec<Line<'a>>,
    next: usize,
    blocks: Vec<Block<'a>>,
    /// The columns of the items around the next line.
    items: Vec<usize>,
    /// The last number that began an item.
    number: &'a str,
    /// The next line continues the last block.
    open: bool,
}

impl<'a> Splitter<'a> {
    fn line(&self, ahead: usize) -> Option<Line<'a>> {
        self.lines.get(self.next + ahead).copied()
    }

    /// Takes the next line, or all lines of the block of code that it begins.
    fn take(&mut self, line: Line<'a>) {
        let content = line.content;
        if content.is_empty() || is_rule(content) {
            self.open = false;
        } else if let Some(fence) = fence(content) {
            return self.fenced(line, fence);
        } else if let Some((marker, text)) = self.marker(content) {
            self.item(line.column, marker, text);
        } else if self.open && !(is_code_span(content) && self.after_code_span()) {
            self.go_on(content);
        } else if let Some(count) = self.code(line) {
            return self.push_code(line.column, count);
        } else if let Some(text) = heading(content).filter(|_| self.line(1).is_some()) {
            self.items.clear();
            self.blocks.push(Block::Heading(text));
        } else {
            let depth = self.enclosing(line.column);
            self.blocks.push(Block::Paragraph {
                depth,
                text: Cow::Borrowed(content),
            });
            self.open = true;
        }
        self.next += 1;
    }

    /// Leaves the items that do not contain `column`, and returns how many remain.
    fn enclosing(&mut self, column: usize) -> usize {
        self.items.retain(|&item| item < column);
        self.items.len()
    }

    /// Returns a marker and the text after it.
    fn marker(&self, content: &'a str) -> Option<(&'a str, &'a str)> {
        let (marker, text) = content.split_once(' ').unwrap_or((content, ""));
        let text = text.trim_start();
        let is_marker = match marker {
            "*" | "-" | "+" | "•" => true,
            _ => is_number(marker) && !text.is_empty() && (!self.open || self.counts(marker)),
        };
        is_marker.then_some((marker, text))
    }

    /// Returns true if `number`, in the middle of prose, begins or continues a list.
    fn counts(&self, number: &str) -> bool {
        matches!(number, "1." | "1)") || follows(self.number, number)
    }

    fn item(&mut self, column: usize, marker: &'a str, text: &'a str) {
        // One more column is a slip, not a nested list.
        self.items.retain(|&item| item + 1 < column);
        self.items.truncate(MAX_DEPTH - 1);
        let depth = self.items.len();
        self.items.push(column);
        let marker = if is_number(marker) {
            self.number = marker;
            marker
        } else {
            "*"
        };
        self.blocks.push(Block::Item {
            depth,
            marker,
            text: Cow::Borrowed(text),
        });
        self.open = true;
    }

    /// Returns true if the last line is a code span: the next one stays on a line of its own.
    fn after_code_span(&self) -> bool {
        let last = self
            .next
            .checked_sub(1)
            .and_then(|last| self.lines.get(last));
        last.is_some_and(|line| is_code_span(line.content))
    }

    fn go_on(&mut self, content: &str) {
        if let Some(Block::Paragraph { text, .. } | Block::Item { text, .. }) =
            self.blocks.last_mut()
        {
            if !text.is_empty() {
                text.to_mut().push(' ');
            }
            text.to_mut().push_str(content);
        }
    }

    /// Returns the number of lines from here on that are code, or a table, which must keep its columns.
    fn code(&self, line: Line<'a>) -> Option<usize> {
        let in_item = self.items.iter().any(|&item| item < line.column);
        if line.column >= CODE_COLUMN && !in_item && looks_like_code(line.content) {
            return Some(self.count(|line| line.content.is_empty() || line.column >= CODE_COLUMN));
        }
        if line.content.ends_with(['{', '[']) {
            let mut ahead = (1..MAX_BRACKETED).map_while(|ahead| Some((ahead, self.line(ahead)?)));
            let end = ahead
                .find(|(_, end)| end.column <= line.column && end.content.starts_with(['}', ']']));
            return end.map(|(ahead, _)| ahead + 1);
        }
        if line.content.contains('|')
            && self.line(1).is_some_and(|line| is_table_rule(line.content))
        {
            return Some(self.count(|line| line.content.contains('|')));
        }
        None
    }

    fn count(&self, belongs: impl Fn(&Line<'a>) -> bool) -> usize {
        (0..)
            .map_while(|ahead| self.line(ahead))
            .take_while(belongs)
            .count()
    }

    fn push_code(&mut self, column: usize, count: usize) {
        let lines = self.lines.iter().skip(self.next).take(count);
        let indent = lines
            .clone()
            .filter(|line| !line.content.is_empty())
            .map(|line| line.column)
            .min();
        let lines = lines.map(|line| line.dedent(indent.unwrap_or(0))).collect();
        self.next += count;
        self.finish_code(column, lines);
    }

    /// Takes code up to the end of the fence, or of the text.
    fn fenced(&mut self, line: Line<'a>, fence: &str) {
        self.next += 1;
        let mut code = Vec::new();
        while let Some(inner) = self.line(0) {
            self.next += 1;
            if inner.content.starts_with(fence) && inner.content.trim_matches(['`', '~']).is_empty()
            {
                break;
            }
            code.push(inner.dedent(line.column));
        }
        self.finish_code(line.column, code);
    }

    fn finish_code(&mut self, column: usize, mut lines: Vec<&'a str>) {
        while lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
        let depth = self.enclosing(column);
        self.open = false;
        if !lines.is_empty() {
            self.blocks.push(Block::Code { depth, lines });
        }
    }
}

/// Returns the run of characters that opens a fence and must close it.
fn fence(content: &str) -> Option<&str> {
    let rest = content.trim_start_matches('`');
    let rest = if rest.len() == content.len() {
        content.trim_start_matches('~')
    } else {
        rest
    };
    let fence = content.get(..content.len() - rest.len())?;
    (fence.len() >= 3 && !rest.contains('`')).then_some(fence)
}

/// Returns the text of a line that begins with one to six `#`.
fn heading(content: &str) -> Option<&str> {
    let text = content.trim_start_matches('#');
    let is_heading = (1..7).contains(&(content.len() - text.len())) && text.starts_with(' ');
    is_heading
        .then(|| text.trim_matches([' ', '#']))
        .filter(|text| !text.is_empty())
}

/// Returns true for a rule across the page, or the underline of a heading.
fn is_rule(content: &str) -> bool {
    let mut bytes = content.bytes();
    let first = bytes.next().unwrap_or_default();
    content.len() >= 3 && b"-=*_".contains(&first) && bytes.all(|b| b == first)
}

fn is_table_rule(content: &str) -> bool {
    content.contains("--") && content.bytes().all(|b| b" -|:".contains(&b))
}

/// Returns true for a line that is a single code span.
fn is_code_span(content: &str) -> bool {
    let code = content
        .strip_prefix('`')
        .and_then(|code| code.strip_suffix('`'));
    code.is_some_and(|code| !code.is_empty() && !code.contains('`'))
}

/// Tells indented code from indented prose.
fn looks_like_code(content: &str) -> bool {
    content.contains(['{', '}', '[', ']', '<', '=', ';', '"', '$'])
}
