//! Progress bars on standard error, if that is a terminal.

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

use crate::message::printable;

/// A bar that advances with each step, and disappears when it is dropped.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(verb: &'static str, total: usize) -> Self {
        let style = ProgressStyle::with_template("{prefix:>12} [{bar:30}] {pos}/{len} {msg:20!}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(total as u64)
            .with_prefix(verb)
            .with_style(style.progress_chars("=> "))
            .with_finish(ProgressFinish::AndClear);
        Self(bar)
    }

    /// Counts one step and shows its name.
    pub(super) fn step(&self, name: &str) {
        self.0.set_message(printable(name));
        self.0.inc(1);
    }
}
