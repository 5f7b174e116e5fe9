//! The text of a file as it is made, and what has room on its last line.

use super::line::{self, Unfit};
use super::tokens::View;

/// The width of a line, of which prettyplease gives at least [`MIN_SPACE`] to what is indented.
const MARGIN: usize = 89;
const MIN_SPACE: usize = 60;
pub(super) const INDENT: usize = 4;

/// The plain layout does not know how to print something.
#[derive(Debug, PartialEq)]
pub(super) struct Unknown;

#[derive(Default)]
pub(super) struct Output {
    pub(super) text: String,
    pub(super) indent: usize,
    /// Where the last line begins, and how far it is indented.
    line: usize,
    line_indent: usize,
}

/// A place to go back to, where a line begins.
pub(super) struct Mark {
    length: usize,
    indent: usize,
}

impl Output {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            length: self.text.len(),
            indent: self.indent,
        }
    }

    pub(super) fn back_to(&mut self, mark: &Mark) {
        self.text.truncate(mark.length);
        self.indent = mark.indent;
    }

    /// Begins a line for text.
    pub(super) fn begin_line(&mut self) {
        self.line = self.text.len();
        self.line_indent = self.indent;
        self.text.extend(std::iter::repeat_n(' ', self.indent));
    }

    pub(super) fn next_line(&mut self) {
        self.text.push('\n');
        self.begin_line();
    }

    /// Appends the tokens on one line if they fit, with `tail` bytes to come behind them.
    pub(super) fn fits(&mut self, tokens: View<'_>, tail: usize) -> Result<bool, Unknown> {
        let length = self.text.len();
        let width = MARGIN.max(self.line_indent + MIN_SPACE);
        let end = (self.line + width).saturating_sub(tail);
        match line::push(&mut self.text, tokens, end) {
            Ok(()) => Ok(true),
            Err(Unfit::Unknown) => Err(Unknown),
            Err(Unfit::Broken) => {
                self.text.truncate(length);
                Ok(false)
            }
        }
    }

    /// Appends the tokens on one line, also where there is no room for them, if nothing in them
    /// can be broken.
    pub(super) fn whole(&mut self, tokens: View<'_>, tail: usize) -> Result<(), Unknown> {
        if self.fits(tokens, tail)? {
            return Ok(());
        }
        let breaks = |at| tokens.opens_any(at) || matches!(tokens.word(at), "." | "|");
        if (0..tokens.len()).any(breaks) {
            return Err(Unknown);
        }
        line::push(&mut self.text, tokens, usize::MAX).map_err(|_| Unknown)
    }
}
