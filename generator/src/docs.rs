//! Converts the descriptions of a document into documentation that is safe for rustdoc.

mod blocks;
mod clean;
mod layout;
mod number;
mod page;
mod prose;
mod restore;

#[cfg(test)]
mod tests;

use blocks::Block;
pub(crate) use clean::is_visible;
use page::Page;
use prose::{Piece, Prose};
use restore::Segment;

/// Returns the lines of a doc comment with the content of `description`; none if that is blank.
///
/// A description is untrusted prose, more or less Markdown. Whatever it holds, no line becomes a
/// doctest and no lint of rustdoc or clippy fires on it. Lists, code and headings are restored where
/// the line breaks around them were lost. `home` is the document's `documentationLink`: links that
/// begin with a slash are relative to its host.
pub(crate) fn lines(description: &str, home: Option<&str>) -> Vec<String> {
    let text = clean::clean(description);
    let mut writer = Writer {
        page: Page::default(),
        home,
        outer: 0,
    };
    for block in blocks::split(&text) {
        writer.block(block);
    }
    writer.page.into_lines()
}

/// Returns the lines of a paragraph of the generator's own, which is Markdown already.
pub(crate) fn paragraph(text: &str) -> Vec<String> {
    let mut page = Page::default();
    page.paragraph(0, text.split_ascii_whitespace());
    page.into_lines()
}

/// Returns the lines of a list item that describes `name`: `` * `name`: description ``.
///
/// A list or code at the beginning of the description goes below the name.
pub(crate) fn item(name: &str, description: &str, home: Option<&str>) -> Vec<String> {
    let text = clean::clean(description);
    let blocks = blocks::split(&text)
        .into_iter()
        .filter(|block| !block.is_empty());
    let mut blocks = blocks.peekable();
    let colon = if blocks.peek().is_some() { ":" } else { "" };
    let lead = format!("{}{colon}", code(name));
    let mut writer = Writer {
        page: Page::default(),
        home,
        outer: 1,
    };
    match blocks.next_if(|block| matches!(block, Block::Paragraph { .. })) {
        Some(Block::Paragraph { text, .. }) => {
            writer.flow(0, Some(("*", Some(&lead))), &Prose::read(&text, home));
        }
        _ => writer.page.item(0, "*", std::iter::once(lead.as_str())),
    }
    for block in blocks {
        writer.block(block);
    }
    writer.page.into_lines()
}

/// Writes the blocks of a description.
struct Writer<'a> {
    page: Page,
    home: Option<&'a str>,
    /// The number of list items around the description.
    outer: usize,
}

impl Writer<'_> {
    fn block(&mut self, block: Block<'_>) {
        match block {
            Block::Paragraph { depth, text } => {
                self.flow(self.outer + depth, None, &Prose::read(&text, self.home));
            }
            Block::Item {
                depth,
                marker,
                text,
            } => {
                let prose = Prose::read(&text, self.home);
                self.flow(self.outer + depth, Some((marker, None)), &prose);
            }
            Block::Heading(text) => self.heading(text),
            Block::Code { depth, lines } => self.page.code(self.outer + depth, lines.into_iter()),
        }
    }

    /// Writes a paragraph, or an item with its marker and lead, and the blocks restored from it.
    fn flow(&mut self, mut depth: usize, mut item: Option<(&str, Option<&str>)>, prose: &Prose) {
        for segment in restore::segments(prose) {
            if let Some((marker, lead)) = item.take() {
                let text = if let Segment::Text(text) = segment {
                    text
                } else {
                    &[]
                };
                self.page
                    .item(depth, marker, lead.into_iter().chain(words(prose, text)));
                depth += 1;
                if !text.is_empty() {
                    continue;
                }
            }
            match segment {
                Segment::Text(text) => self.page.paragraph(depth, words(prose, text)),
                Segment::Item { marker, text } => {
                    let marker = if marker == "-" { "*" } else { marker };
                    self.page.item(depth, marker, words(prose, text));
                }
                Segment::Code { code, nested } => {
                    let lines = layout::lines(prose.text(code), page::WIDTH);
                    let depth = depth + usize::from(nested);
                    self.page.code(depth, lines.iter().map(String::as_str));
                }
            }
        }
    }

    /// Writes a heading as a bold line: a real one would enter the outline of the whole page.
    fn heading(&mut self, text: &str) {
        if text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" ,.:()'\"/-".contains(&b))
        {
            let bold = format!("**{text}**");
            self.page
                .paragraph(self.outer, std::iter::once(bold.as_str()));
        } else {
            self.flow(self.outer, None, &Prose::read(text, self.home));
        }
    }
}

fn words<'a>(prose: &'a Prose, pieces: &'a [Piece]) -> impl Iterator<Item = &'a str> {
    pieces.iter().map(|piece| prose.text(piece))
}

/// Returns text of a document as a code span.
pub(crate) fn code(text: &str) -> String {
    let text = clean::on_one_line(text).replace('`', "'");
    format!("`{}`", text.trim())
}

/// Returns the first sentence of `description` on one line of Markdown; empty if that is blank.
pub(crate) fn summary(description: &str, home: Option<&str>) -> String {
    let text = clean::clean(description);
    let blocks = blocks::split(&text);
    let Some(Block::Paragraph { text, .. } | Block::Item { text, .. }) = blocks.first() else {
        return String::new();
    };
    let prose = Prose::read(text, home);
    let segments = restore::segments(&prose);
    let Some(Segment::Text(pieces) | Segment::Item { text: pieces, .. }) = segments.first() else {
        return String::new();
    };
    let mut line = String::new();
    let mut words = words(&prose, pieces).enumerate().peekable();
    while let Some((index, word)) = words.next() {
        if index == 0 {
            page::push_first(&mut line, word);
        } else {
            line.push(' ');
            line.push_str(word);
        }
        // `Output only.` is not enough of a summary.
        if index > 1
            && words
                .peek()
                .is_some_and(|(_, next)| ends_sentence(word, next))
        {
            break;
        }
    }
    line
}

/// Returns true if a sentence ends between two words.
fn ends_sentence(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '*']);
    let is_abbreviation = ["e.g.", "i.e.", "vs.", "a.k.a."]
        .iter()
        .any(|short| bare.ends_with(short));
    let begins = !next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    bare.ends_with(['.', '!', '?']) && !is_abbreviation && begins
}
