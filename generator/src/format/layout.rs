//! Breaks what does not fit on one line, where prettyplease would.
//!
//! Lists are broken between all their elements, chains of calls before all their dots. That is all
//! that generated declarations need; what else there is goes to prettyplease itself.

use super::line::{self, Unfit};
use super::tokens::{Kind, View};

/// The width of a line, of which prettyplease gives at least [`MIN_SPACE`] to what is indented.
const MARGIN: usize = 89;
const MIN_SPACE: usize = 60;
pub(super) const INDENT: usize = 4;

/// This module does not know how to print something.
#[derive(Debug, PartialEq)]
pub(super) struct Unknown;

/// The text of a file as it is made.
#[derive(Default)]
pub(super) struct Output {
    pub(super) text: String,
    pub(super) indent: usize,
    /// Where the last line begins, and how far it is indented.
    line: usize,
    line_indent: usize,
}

/// A place to go back to.
pub(super) struct Mark {
    length: usize,
    indent: usize,
    line: usize,
    line_indent: usize,
}

impl Output {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            length: self.text.len(),
            indent: self.indent,
            line: self.line,
            line_indent: self.line_indent,
        }
    }

    pub(super) fn back_to(&mut self, mark: &Mark) {
        self.text.truncate(mark.length);
        self.indent = mark.indent;
        self.line = mark.line;
        self.line_indent = mark.line_indent;
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

    fn has_room_for(&self, tail: usize) -> bool {
        let limit = MARGIN.max(self.line_indent + MIN_SPACE);
        self.text.len() - self.line + tail <= limit
    }

    /// Appends the tokens on one line if they fit, with `tail` bytes to come behind them.
    pub(super) fn fits(&mut self, tokens: View<'_>, tail: usize) -> Result<bool, Unknown> {
        let length = self.text.len();
        match line::push(&mut self.text, tokens) {
            Ok(()) if self.has_room_for(tail) => return Ok(true),
            Ok(()) | Err(Unfit::Broken) => {}
            Err(Unfit::Unknown) => return Err(Unknown),
        }
        self.text.truncate(length);
        Ok(false)
    }

    /// Appends the tokens on one line, also where there is no room for them, if nothing in them
    /// can be broken.
    pub(super) fn whole(&mut self, tokens: View<'_>, tail: usize) -> Result<(), Unknown> {
        if self.fits(tokens, tail)? {
            return Ok(());
        }
        let breaks = |at: usize| {
            matches!(tokens.kind(at), Some(Kind::Open(_))) || matches!(tokens.word(at), "." | "|")
        };
        if (0..tokens.len()).any(breaks) {
            return Err(Unknown);
        }
        line::push(&mut self.text, tokens).map_err(|_| Unknown)
    }

    fn word(&mut self, word: &str) {
        self.text.push_str(word);
    }

    /// Appends a statement without its semicolon.
    pub(super) fn statement(&mut self, tokens: View<'_>, tail: usize) -> Result<(), Unknown> {
        if self.fits(tokens, tail)? {
            return Ok(());
        }
        // A first link is not broken off where it would stand no further to the left.
        let short = matches!(tokens.kind(0), Some(Kind::Word)) && tokens.word(0).len() <= INDENT;
        self.broken(tokens, tail, short)
    }

    /// Appends an expression or a type.
    pub(super) fn flow(&mut self, tokens: View<'_>, tail: usize) -> Result<(), Unknown> {
        if self.fits(tokens, tail)? {
            return Ok(());
        }
        self.broken(tokens, tail, false)
    }

    fn broken(&mut self, tokens: View<'_>, tail: usize, short: bool) -> Result<(), Unknown> {
        if tokens.is(0, "|") {
            return self.closure(tokens);
        }
        if let Some(sign) = tokens.find("=").or_else(|| tokens.find(":")) {
            self.whole(tokens.before(sign + 1), 1)?;
            self.word(" ");
            return self.flow(tokens.from(sign + 1), tail);
        }
        if tokens.is(0, "&") {
            self.word("&");
            return self.flow(tokens.from(1), tail);
        }
        let links: Vec<_> = tokens.places().filter(|at| tokens.is(*at, ".")).collect();
        if !links.is_empty() {
            self.chain(tokens, &links, tail, short)
        } else if tokens
            .places()
            .any(|at| matches!(tokens.kind(at), Some(Kind::Open(_))))
        {
            self.list(tokens, tail)
        } else {
            self.whole(tokens, tail)
        }
    }

    /// Appends `|…| body`, with braces around a body that is on a line of its own.
    fn closure(&mut self, tokens: View<'_>) -> Result<(), Unknown> {
        let bar = tokens.from(1).find("|").ok_or(Unknown)? + 1;
        let body = tokens.from(bar + 1);
        // There are no braces around what is a call itself.
        body.find(".").ok_or(Unknown)?;
        self.whole(tokens.before(bar + 1), 1)?;
        self.word(" {");
        self.indent += INDENT;
        self.next_line();
        self.statement(body, 0)?;
        self.indent -= INDENT;
        self.next_line();
        self.word("}");
        Ok(())
    }

    /// Appends `base.link(…).link(…)`, each link on a line of its own.
    fn chain(
        &mut self,
        tokens: View<'_>,
        links: &[usize],
        tail: usize,
        short: bool,
    ) -> Result<(), Unknown> {
        self.indent += INDENT;
        let first = links.first().copied().unwrap_or_default();
        self.flow(tokens.before(first), 0)?;
        for (index, start) in links.iter().enumerate() {
            let next = links.get(index + 1).copied();
            let stays = short && index == 0 && first == 1;
            if !stays {
                self.next_line();
            }
            self.word(".");
            let link = tokens.slice(start + 1..next.unwrap_or(tokens.len()));
            let tail = if next.is_none() { tail } else { 0 };
            match self.fits(link, tail)? {
                true => {}
                false if stays => return Err(Unknown),
                false => self.list(link, tail)?,
            }
        }
        self.indent -= INDENT;
        Ok(())
    }

    /// Appends `name(…)`, `[…]`, `Name<…>` or `Name { … }`, each element on a line of its own. Of
    /// several lists in a row, as in `name::<…>(…)`, the first is broken first.
    fn list(&mut self, tokens: View<'_>, tail: usize) -> Result<(), Unknown> {
        let is_open = |at: &usize| matches!(tokens.kind(*at), Some(Kind::Open(_)));
        let open = tokens.places().find(is_open).ok_or(Unknown)?;
        let inner = tokens.within(open);
        // Numbers would fill the lines.
        let fills = inner.kind(0) == Some(Kind::Literal) && !inner.word(0).ends_with('"');
        if inner.is_empty() || fills || tokens.find("!").is_some() {
            return Err(Unknown);
        }
        self.whole(tokens.before(open + 1), 0)?;
        self.elements(inner)?;
        let close = tokens.close(open);
        self.word(tokens.word(close));
        let rest = tokens.from(close + 1);
        if rest.is_empty() || self.fits(rest, tail)? {
            return Ok(());
        }
        self.list(rest, tail)
    }

    /// Appends the elements of a list between its brackets, as many on a line as fit.
    pub(super) fn fill(&mut self, inner: View<'_>) -> Result<(), Unknown> {
        self.indent += INDENT;
        self.next_line();
        let mut elements = inner.elements().peekable();
        let mut first = true;
        while let Some(element) = elements.next() {
            let comma = usize::from(elements.peek().is_some());
            let before = self.text.len();
            self.word(if first { "" } else { " " });
            if !self.fits(element, comma)? {
                self.text.truncate(before);
                if !first {
                    self.next_line();
                }
                self.whole(element, comma)?;
            }
            self.word(&","[..comma]);
            first = false;
        }
        self.indent -= INDENT;
        self.next_line();
        Ok(())
    }

    /// Appends the elements of a list between its brackets, each with a comma on a line of its own.
    pub(super) fn elements(&mut self, inner: View<'_>) -> Result<(), Unknown> {
        self.indent += INDENT;
        let mut elements = inner.elements().peekable();
        while let Some(element) = elements.next() {
            self.next_line();
            // The last comma may be out in the margin.
            let comma = usize::from(elements.peek().is_some());
            self.flow(element, comma)?;
            self.word(",");
        }
        self.indent -= INDENT;
        self.next_line();
        Ok(())
    }
}
