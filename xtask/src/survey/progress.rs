//! One line of a terminal that tells how far the work is.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::message::printable;

/// The least time between two drawings.
const PAUSE: Duration = Duration::from_millis(50);
/// The length of the bar, in characters.
const WIDTH: usize = 30;

/// A line that is drawn anew for every step, and gone when this value is. It is drawn on standard
/// error, and only if that is a terminal.
pub(super) struct Progress {
    verb: &'static str,
    total: usize,
    state: Option<Mutex<State>>,
}

struct State {
    done: usize,
    drawn: Option<Instant>,
}

impl Progress {
    pub(super) fn new(verb: &'static str, total: usize) -> Self {
        let state = State {
            done: 0,
            drawn: None,
        };
        Self {
            verb,
            total,
            state: io::stderr().is_terminal().then(|| Mutex::new(state)),
        }
    }

    /// One part of the work is done.
    pub(super) fn step(&self, done: &str) {
        // A worker that panicked has counted its step, or has not: no harm is done.
        let Some(Ok(mut state)) = self.state.as_ref().map(Mutex::lock) else {
            return;
        };
        state.done += 1;
        if state.drawn.is_none_or(|drawn| drawn.elapsed() >= PAUSE) {
            state.drawn = Some(Instant::now());

            draw(&bar(self.verb, state.done, self.total, done));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.state.is_some() {
            draw("");
        }
    }
}

/// Replaces the line: `EL` erases to its end (ECMA-48).
fn draw(line: &str) {
    let _ = write!(io::stderr(), "\r\x1b[K{line}");
}

fn bar(verb: &str, done: usize, total: usize, name: &str) -> String {
    let filled = WIDTH * done / total.max(1);
    let bar = "=".repeat(filled.saturating_sub(1)) + if filled > 0 { ">" } else { "" };
    // Short enough for one line of any terminal: a second one would stay.
    let name: String = printable(name).chars().take(20).collect();
    format!("{verb:>12} [{bar:<WIDTH$}] {done}/{total} {name}")
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn the_bar_grows() {
        assert_eq!(
            bar("Reading", 0, 2, "a"),
            "     Reading [                              ] 0/2 a"
        );
        assert_eq!(
            bar("Reading", 1, 2, "a"),
            "     Reading [==============>               ] 1/2 a"
        );
        assert_eq!(
            bar("Reading", 2, 2, "a"),
            "     Reading [=============================>] 2/2 a"
        );
        assert_eq!(
            bar("Reading", 0, 0, "\x1b[2J"),
            "     Reading [                              ] 0/0 \\u{1b}[2J"
        );
    }
}
