//! Turns the descriptions of a document into lines of documentation that are safe for rustdoc.

mod blocks;
mod clean;
mod layout;
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

/// The lines of a doc comment that says what `description` says; none for a blank description.
///
/// A description is untrusted prose, more or less Markdown. Whatever it holds, no line becomes a
/// doctest and no lint of rustdoc or clippy fires on it. Lists, code and headings are shown as such
/// even where the line breaks around them were lost. `home` is the document's `documentationLink`:
/// links that begin with a slash lead to its host.
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

/// The lines of a list item which says what `name` is: `` * `name`: description ``.
///
/// Where the description begins with a list or with code, that stands below the name.
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
    /// How many items are around the description.
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

    /// A paragraph, or an item with its marker and what leads its text; and what was found in it.
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

    /// A heading is a bold line: in the documentation of a field a real one would be a landmark.
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

/// Text of a document as code in a line of Markdown.
pub(crate) fn code(text: &str) -> String {
    let text = clean::on_one_line(text).replace('`', "'");
    format!("`{}`", text.trim())
}

/// The first sentence of `description` on one line of Markdown, for a list; empty for a blank
/// description.
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
        // `Output only.` says nothing yet.
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

/// Whether a sentence ends between two words.
fn ends_sentence(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '*']);
    let is_abbreviation = ["e.g.", "i.e.", "vs.", "a.k.a."]
        .iter()
        .any(|short| bare.ends_with(short));
    let begins = !next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    bare.ends_with(['.', '!', '?']) && !is_abbreviation && begins
}
