//! Lists, headings and code in prose whose line breaks were lost: nearly all published descriptions
//! are a single line.

use super::blocks::is_number;
use super::prose::{Kind, Piece, Prose};

/// A part of a paragraph.
#[derive(Debug)]
pub(super) enum Segment<'a> {
    Text(&'a [Piece]),
    Item {
        marker: &'a str,
        text: &'a [Piece],
    },
    /// `nested` in the item before it.
    Code {
        code: &'a Piece,
        nested: bool,
    },
}

/// An item with more words is none.
const MAX_ITEM: usize = 400;

/// The parts of a paragraph, in order.
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
    /// Where the segment that is being read begins, and its marker if it is an item.
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

    /// Ends a segment at `index` and begins the next one `skip` pieces further on.
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

    /// After items of one word the sentence that follows a further one is not part of it.
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

    /// `1.` after a colon begins a list if there is a `2.`, which goes on with it.
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

    /// Whether a list can begin here: at the beginning, or where a sentence leads to it.
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

    /// A single dash may be just that.
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

    /// A heading is recognised where one must be meant; where it ends is lost.
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

/// `name:` after a dash is YAML, whose nesting is lost: it stays as it is.
fn is_key(word: &str) -> bool {
    let key = word.strip_suffix(':').unwrap_or_default();
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Whether a lone `bullet` within a list begins its next item, rather than being a dash or an
/// operator.
fn is_item(bullet: &str, before: &str, after: &str) -> bool {
    let is_operand = |c: char| c.is_ascii_digit() || c == '(' || c == ')';
    if bullet == "*" {
        return !(before.ends_with(is_operand) && after.starts_with(is_operand));
    }
    let ends = before.ends_with(['.', ',', ';', ':', ')', '`', '"', '\'']);
    ends || after.starts_with(|c: char| !c.is_ascii_lowercase())
}

/// Whether `word` is the number after `marker`, written the same way.
pub(super) fn follows(marker: &str, word: &str) -> bool {
    let split = |word: &str| {
        let (digits, end) = word.split_at_checked(word.len().checked_sub(1)?)?;
        Some((digits.parse::<u32>().ok()?, end == "."))
    };
    match (split(marker), split(word)) {
        (Some((number, end)), Some((next, next_end))) => number + 1 == next && end == next_end,
        _ => false,
    }
}
