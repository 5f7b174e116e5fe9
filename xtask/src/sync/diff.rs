//! The first lines in which two texts differ.

use crate::message::printable;

/// Lines shown of each side.
const SHOWN: usize = 3;
/// Characters shown of each line.
const WIDTH: usize = 110;

/// The first place where two texts differ, as a few lines to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The line, counted from 1.
    pub line: usize,
    /// What the disk has there.
    removed: Vec<String>,
    /// What the generator makes there.
    added: Vec<String>,
}

impl Diff {
    /// Compares the text on the disk with the one that should be there.
    pub fn new(disk: &str, made: &str) -> Self {
        let disk: Vec<&str> = disk.split_inclusive('\n').collect();
        let made: Vec<&str> = made.split_inclusive('\n').collect();
        let same = disk
            .iter()
            .zip(&made)
            .take_while(|(disk, made)| disk == made)
            .count();
        let (disk, made) = (
            disk.get(same..).unwrap_or_default(),
            made.get(same..).unwrap_or_default(),
        );
        let (removed, added) = meeting(disk, made);
        Self {
            line: same + 1,
            removed: show(disk, removed),
            added: show(made, added),
        }
    }

    /// The lines with `-` as the disk has them, then those with `+` as the generator makes them.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let removed = self.removed.iter().map(|line| format!("- {line}"));
        removed.chain(self.added.iter().map(|line| format!("+ {line}")))
    }
}

/// How many lines of each side come before the first line that both have; no more than are shown.
fn meeting(disk: &[&str], made: &[&str]) -> (usize, usize) {
    for total in 1..=2 * SHOWN {
        for removed in total.saturating_sub(SHOWN)..=total.min(SHOWN) {
            let added = total - removed;
            if removed <= disk.len() && added <= made.len() && disk.get(removed) == made.get(added)
            {
                return (removed, added);
            }
        }
    }
    (SHOWN, SHOWN)
}

fn show(lines: &[&str], count: usize) -> Vec<String> {
    lines.iter().take(count).map(|line| visible(line)).collect()
}

/// A line without its end, with what a terminal would hide or obey made visible.
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
        let diff = Diff::new(disk, made);
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
