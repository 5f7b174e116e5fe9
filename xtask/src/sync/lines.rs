//! The first lines in which two texts differ.

use std::ops::Range;

use similar::{Algorithm, DiffTag};

use crate::message::printable;

/// The number of lines shown of each side.
const SHOWN: usize = 3;
/// The number of lines that are compared, from the first one that differs.
const WINDOW: usize = 100;
/// The number of characters shown of each line.
const WIDTH: usize = 110;

/// The first hunk in which two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The line, counted from 1.
    pub line: usize,
    /// Lines on the disk.
    removed: Vec<String>,
    /// Lines of the generator.
    added: Vec<String>,
}

impl Lines {
    /// Compares the text on the disk with the one that should be there.
    pub fn new(disk: &str, expected: &str) -> Self {
        let disk: Vec<&str> = disk.split_inclusive('\n').collect();
        let expected: Vec<&str> = expected.split_inclusive('\n').collect();
        let pairs = disk.iter().zip(&expected);
        let same = pairs
            .take_while(|(disk, expected)| disk == expected)
            .count();
        let [disk, expected] = [&disk, &expected].map(|lines| window(lines, same));
        let hunks = similar::capture_diff_slices(Algorithm::Myers, disk, expected);
        let first = hunks.iter().find(|hunk| hunk.tag() != DiffTag::Equal);
        let (removed, added) =
            first.map_or((0..0, 0..0), |hunk| (hunk.old_range(), hunk.new_range()));
        Self {
            line: same + 1,
            removed: show(disk, removed),
            added: show(expected, added),
        }
    }

    /// Returns the lines on the disk with `-`, then those of the generator with `+`.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let removed = self.removed.iter().map(|line| format!("- {line}"));
        removed.chain(self.added.iter().map(|line| format!("+ {line}")))
    }
}

/// Returns some lines from the first one that differs.
fn window<'a, 'b>(lines: &'a [&'b str], start: usize) -> &'a [&'b str] {
    let end = lines.len().min(start + WINDOW);
    lines.get(start..end).unwrap_or_default()
}

fn show(lines: &[&str], hunk: Range<usize>) -> Vec<String> {
    let lines = lines.get(hunk).unwrap_or_default().iter();
    lines.take(SHOWN).map(|line| visible(line)).collect()
}

/// Returns a line without its end, with characters escaped that a terminal would hide or obey.
fn visible(line: &str) -> String {
    let (line, end) = match line.strip_suffix('\n') {
        Some(line) => (line, ""),
        None => (line, " (no newline at the end)"),
    };
    let cut = line.char_indices().nth(WIDTH).map(|(cut, _)| cut);
    match cut {
        Some(cut) => printable(&line[..cut]) + "…",
        None => printable(line) + end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(disk: &str, made: &str) -> String {
        let diff = Lines::new(disk, made);
        format!(
            "line {}: {}",
            diff.line,
            diff.lines().collect::<Vec<_>>().join(" | ")
        )
    }

    #[test]
    fn shows_the_first_lines_that_differ_and_stops_where_the_texts_meet() {
        let cases = [
            ("a\nb\nc\n", "a\nx\nc\n", "line 2: - b | + x"),
            ("a\nc\n", "a\nb\nc\n", "line 2: + b"),
            ("a\nb\nc\n", "a\nc\n", "line 2: - b"),
            ("", "a\n", "line 1: + a"),
            ("a\n", "a\nb\n", "line 2: + b"),
            (
                "1\n2\n3\n4\n",
                "5\n6\n7\n8\n",
                "line 1: - 1 | - 2 | - 3 | + 5 | + 6 | + 7",
            ),
            (
                "a\nb",
                "a\nb\n",
                "line 2: - b (no newline at the end) | + b",
            ),
            ("a\r\n", "a\n", "line 1: - a\\r | + a"),
            ("\u{1b}[2J\n", "a\n", "line 1: - \\u{1b}[2J | + a"),
        ];
        for (disk, made, shown) in cases {
            assert_eq!(diff(disk, made), shown, "{disk:?} to {made:?}");
        }
    }

    #[test]
    fn long_lines_are_cut() {
        let shown = diff(&"é".repeat(1000), "a\n");
        assert_eq!(shown, format!("line 1: - {}… | + a", "é".repeat(110)));
    }
}
