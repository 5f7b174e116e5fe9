//! From byte offsets to lines and columns.

use std::ops::Range;

/// The place of a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line of its first character, from one.
    pub line: usize,
    /// The column of its first character, in characters, from one.
    pub column: usize,
    /// The offset of its first byte, from zero.
    pub offset: usize,
    /// Its length in bytes.
    pub len: usize,
}

impl Position {
    /// Returns the position of a range of bytes.
    ///
    /// ```
    /// let at = discovery::Position::of("a\nbé c", 6..7);
    /// assert_eq!((at.line, at.column, at.len), (2, 4, 1));
    /// ```
    #[must_use]
    pub fn of(text: &str, range: Range<usize>) -> Self {
        Counter::default().advance(text, range)
    }
}

/// Returns the positions of ranges in any order, in one pass over the text.
pub(crate) fn positions(text: &str, ranges: &[Option<Range<usize>>]) -> Vec<Option<Position>> {
    let ranges = ranges.iter().cloned();
    let mut positions = vec![None; ranges.len()];
    let mut order: Vec<_> = positions.iter_mut().zip(ranges).collect();
    order.sort_by_key(|(_, range)| range.as_ref().map(|range| range.start));
    let mut counter = Counter::default();
    for (position, range) in order {
        *position = range.map(|range| counter.advance(text, range));
    }
    positions
}

/// The lines and the characters of the last line up to an offset.
#[derive(Default)]
struct Counter {
    lines: usize,
    characters: usize,
    offset: usize,
}

impl Counter {
    /// Advances to the start of a range, which must not lie behind.
    fn advance(&mut self, text: &str, range: Range<usize>) -> Position {
        let passed = text.get(self.offset..range.start).unwrap_or_default();
        let last_line = match passed.rfind('\n') {
            Some(end) => {
                self.lines += passed.bytes().filter(|byte| *byte == b'\n').count();
                self.characters = 0;
                passed.get(end + 1..).unwrap_or_default()
            }
            None => passed,
        };
        self.characters += last_line.chars().count();
        self.offset = range.start;
        Position {
            line: self.lines + 1,
            column: self.characters + 1,
            offset: range.start,
            len: range.len(),
        }
    }
}
