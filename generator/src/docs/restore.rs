//! Restores lists, headings and code in prose that lost its line breaks: nearly all published
//! descriptions are a single line.

use super::number::{follows, is_number};
use super::prose::{Kind, Piece, Prose};

/// A part of a paragraph.
#[derive(Debug)]
pub(super) enum Segment<'a> {
    Text(&'a [Piece]),
    Item {
        marker: &'a str,
        text: &'a [Piece],
    },
    /// Part of the previous item if `nested`.
    Code {
        code: &'a Piece,
        nested: bool,
    },
}

/// The most words of a list item.
const MAX_ITEM: usize = 400;

/// Returns the parts of a paragraph, in order.
pub(super) fn segments(prose: &Prose) -> Vec<Segment<'_>> {
    let mut restorer = Restorer {
        prose,
        segments: Vec::with_capacity(1),
        start: 0,
        marker: None,
    };
    for (index, piece) in prose.pieces().iter().enumerate() {
        match piece.kind {
            Kind::Word => restorer.word(index),
            Kind::Bullet => restorer.bullet(index),
            Kind::Heading => restorer.heading(index),
            Kind::Code => {
                let nested = restorer.marker.is_some();
                restorer.begin(index, None, 1);
                restorer.segments.push(Segment::Code {
                    code: piece,
                    nested,
                });
            }
        }
    }
    restorer.begin(prose.pieces().len(), None, 0);
    restorer.segments
}

struct Restorer<'a> {
    prose: &'a Prose,
    segments: Vec<Segment<'a>>,
    /// The start of the segment that is being read, and its marker if it is an item.
    start: usize,
    marker: Option<&'a str>,
}

impl<'a> Restorer<'a> {
    fn text(&self, index: usize) -> &'a str {
        self.prose
            .pieces()
            .get(index)
            .map_or("", |piece| self.prose.text(piece))
    }

    fn before(&self, index: usize) -> &'a str {
        index.checked_sub(1).map_or("", |index| self.text(index))
    }

    /// Ends a segment at `index` and begins the next one after `skip` pieces.
    fn begin(&mut self, index: usize, marker: Option<&'a str>, skip: usize) {
        let text = self
            .prose
            .pieces()
            .get(self.start..index)
            .unwrap_or_default();
        match self.marker {
            _ if text.is_empty() => {}
            Some(marker) => self.push_item(marker, text),
            None => self.segments.push(Segment::Text(text)),
        }
        self.marker = marker;
        self.start = index + skip;
    }

    /// Pushes an item. After one-word items, a sentence after the last word is not part of the item.
    fn push_item(&mut self, marker: &'a str, text: &'a [Piece]) {
        let after_word = matches!(self.segments.last(), Some(Segment::Item { text: [_], .. }));
        match text.split_first_chunk::<1>() {
            Some((item, rest)) if after_word && rest.len() > 2 && self.begins_sentence(rest) => {
                self.segments.push(Segment::Item { marker, text: item });
                self.segments.push(Segment::Text(rest));
            }
            _ => self.segments.push(Segment::Item { marker, text }),
        }
    }

    fn begins_sentence(&self, pieces: &[Piece]) -> bool {
        let first = pieces.first().map_or("", |piece| self.prose.text(piece));
        first.starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Begins an item at a number: at `1.` only if there is a `2.` further on.
    fn word(&mut self, index: usize) {
        let word = self.text(index);
        if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || !is_number(word) {
            return;
        }
        let begins = match self.marker {
            Some(marker) => follows(marker, word),
            None => matches!(word, "1." | "1)") && self.may_begin(index) && self.goes_on(index),
        };
        if begins {
            self.begin(index, Some(word), 1);
        }
    }

    fn goes_on(&self, index: usize) -> bool {
        let words = self.prose.pieces().iter().skip(index + 1);
        words
            .take(MAX_ITEM)
            .map(|piece| self.prose.text(piece))
            .any(|word| follows(self.text(index), word))
    }

    /// Returns true if a list can begin here: at the beginning, or after an introduction.
    fn may_begin(&self, index: usize) -> bool {
        self.before(index).is_empty() || self.before(index).ends_with([':', '.', '*', '`'])
    }

    fn bullet(&mut self, index: usize) {
        let (bullet, before, after) = (self.text(index), self.before(index), self.text(index + 1));
        let begins = match self.marker {
            Some(marker) => marker == bullet && is_item(bullet, before, after),
            None if bullet == "-" && is_key(after) => false,
            None => self.goes_on_after_code(index) || self.begins_list(index),
        };
        if begins && !after.is_empty() {
            self.begin(index, Some(bullet), 1);
        }
    }

    /// Returns true if a bullet begins a list: a single dash may be just a dash.
    fn begins_list(&self, index: usize) -> bool {
        let bullet = self.text(index);
        let is_only = bullet == "*" && self.before(index).ends_with(':');
        self.may_begin(index) && (is_only || self.repeats(index, bullet))
    }

    fn goes_on_after_code(&self, index: usize) -> bool {
        let is_after_code = self.start == index && !self.before(index).is_empty();
        is_after_code
            && matches!(
                self.segments.last(),
                Some(Segment::Code { nested: true, .. })
            )
    }

    fn repeats(&self, index: usize, bullet: &str) -> bool {
        let rest = self.prose.pieces().iter().skip(index + 1);
        rest.filter(|piece| piece.kind == Kind::Bullet)
            .any(|piece| self.prose.text(piece) == bullet)
    }

    /// Begins a paragraph at what must be a heading; the end of a heading is lost.
    fn heading(&mut self, index: usize) {
        let is_deep = self.text(index).len() > 1;
        let begins = is_deep
            || self.before(index).is_empty()
            || self.before(index).ends_with(['.', '`', ')']);
        if begins
            && self
                .text(index + 1)
                .starts_with(|c: char| c.is_ascii_uppercase())
        {
            self.begin(index, None, 1);
        }
    }
}

/// Returns true for `name:`, which after a dash is YAML: its nesting is lost, so it stays as it is.
fn is_key(word: &str) -> bool {
    let key = word.strip_suffix(':').unwrap_or_default();
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Returns true if a lone `bullet` within a list begins its next item, rather than being a dash or
/// an operator.
fn is_item(bullet: &str, before: &str, after: &str) -> bool {
    let is_operand = |c: char| c.is_ascii_digit() || c == '(' || c == ')';
    if bullet == "*" {
        return !(before.ends_with(is_operand) && after.starts_with(is_operand));
    }
    let ends = before.ends_with(['.', ',', ';', ':', ')', '`', '"', '\'']);
    ends || after.starts_with(|c: char| !c.is_ascii_lowercase())
}
