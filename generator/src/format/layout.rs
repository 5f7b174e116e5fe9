//! Breaks what does not fit on one line, where prettyplease would.
//!
//! Lists are broken between all their elements, chains of calls before all their dots. That is all
//! that generated declarations need; what else there is goes to prettyplease itself.

use super::output::{INDENT, Output, Unknown};
use super::tokens::{Kind, View};

impl Output {
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
            self.text.push(' ');
            return self.flow(tokens.from(sign + 1), tail);
        }
        if tokens.is(0, "&") {
            self.text.push('&');
            return self.flow(tokens.from(1), tail);
        }
        let links: Vec<_> = tokens.places().filter(|at| tokens.is(*at, ".")).collect();
        if !links.is_empty() {
            self.chain(tokens, &links, tail, short)
        } else if tokens.places().any(|at| tokens.opens_any(at)) {
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
        self.text.push_str(" {");
        self.indent += INDENT;
        self.next_line();
        self.statement(body, 0)?;
        self.indent -= INDENT;
        self.next_line();
        self.text.push('}');
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
            self.text.push('.');
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
        let mut places = tokens.places();
        let open = places.find(|at| tokens.opens_any(*at)).ok_or(Unknown)?;
        let inner = tokens.within(open);
        // Numbers would fill the lines.
        let fills = inner.kind(0) == Some(Kind::Literal) && !inner.word(0).ends_with('"');
        if inner.is_empty() || fills || tokens.find("!").is_some() {
            return Err(Unknown);
        }
        self.whole(tokens.before(open + 1), 0)?;
        self.elements(inner)?;
        let close = tokens.close(open);
        self.text.push_str(tokens.word(close));
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
            self.text.push_str(if first { "" } else { " " });
            if !self.fits(element, comma)? {
                self.text.truncate(before);
                if !first {
                    self.next_line();
                }
                self.whole(element, comma)?;
            }
            self.text.push_str(&","[..comma]);
            first = false;
        }
        self.indent -= INDENT;
        self.next_line();
        Ok(())
    }

    /// Appends the elements of a list between its brackets, each with a comma on a line of its own.
    pub(super) fn elements(&mut self, inner: View<'_>) -> Result<(), Unknown> {
        // The last comma may be out in the margin.
        self.lines(inner, ",", Self::flow)
    }

    /// Appends each element on a line of its own, as `print` does with as many bytes to come behind
    /// it, with commas between them and `end` behind the last.
    pub(super) fn lines(
        &mut self,
        inner: View<'_>,
        end: &str,
        print: fn(&mut Self, View<'_>, usize) -> Result<(), Unknown>,
    ) -> Result<(), Unknown> {
        self.indent += INDENT;
        let mut elements = inner.elements().peekable();
        while let Some(element) = elements.next() {
            let (tail, comma) = match elements.peek() {
                Some(_) => (1, ","),
                None => (0, end),
            };
            self.next_line();
            print(self, element, tail)?;
            self.text.push_str(comma);
        }
        self.indent -= INDENT;
        self.next_line();
        Ok(())
    }
}
