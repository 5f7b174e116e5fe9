//! Functions: their signatures and their statements.

use super::output::{INDENT, Output, Unknown};
use super::tokens::{Bracket, View};

impl Output {
    /// Appends what stands in front of the body of a function.
    pub(super) fn signature(&mut self, head: View<'_>) -> Result<(), Unknown> {
        const BRACE: usize = " {".len();
        if self.fits(head, BRACE)? {
            return Ok(());
        }
        let open = head
            .places()
            .find(|at| *at > 0 && head.opens(*at, Bracket::Round) && !head.is(at - 1, "pub"))
            .ok_or(Unknown)?;
        let close = head.close(open);
        self.whole(head.before(open + 1), 0)?;
        if close > open + 1 {
            self.elements(head.within(open))?;
        }
        self.text.push(')');
        let output = head.from(close + 1);
        if output.is(0, "->") {
            self.text.push_str(" -> ");
            self.flow(output.from(1), BRACE)?;
        }
        Ok(())
    }

    /// Appends the body of a function, from its brace on.
    pub(super) fn block(&mut self, body: View<'_>) -> Result<(), Unknown> {
        self.text.push_str(" {");
        let mut rest = body;
        self.indent += INDENT;
        while !rest.is_empty() {
            let end = rest.find(";");
            let statement = rest.before(end.unwrap_or(rest.len()));
            let tail = usize::from(end.is_some());
            self.next_line();
            match statement.word(0) {
                "static" | "const" => self.flow(statement, tail)?,
                _ => self.statement(statement, tail)?,
            }
            self.text.push_str(&";"[..tail]);
            rest = rest.from((statement.len() + tail).min(rest.len()));
        }
        self.indent -= INDENT;
        if !body.is_empty() {
            self.next_line();
        }
        self.text.push_str("}\n");
        Ok(())
    }
}
