//! What stands on one line, and where spaces are between its tokens.

use super::tokens::{Bracket, Kind, View};

/// Why tokens are not to be printed on one line.
#[derive(Debug, PartialEq)]
pub(super) enum Unfit {
    /// They are too long, or they are to be broken even if there is room.
    Broken,
    /// This module does not know how.
    Unknown,
}

/// The longest `Name { field: value` that prettyplease leaves on one line.
const SHORT_STRUCT: usize = 34;

/// Words of statements and of expressions with blocks.
const CONTROL: [&str; 8] = [
    "if", "in", "let", "loop", "match", "return", "where", "while",
];

/// Words in front of blocks.
const BLOCK: [&str; 4] = ["async", "else", "move", "unsafe"];

/// Appends an expression, a type or a declaration, up to a length of the text.
pub(super) fn push(out: &mut String, tokens: View<'_>, end: usize) -> Result<(), Unfit> {
    let mut line = Line {
        out,
        tokens,
        end,
        path: 0,
        open: Vec::new(),
        in_closure: tokens.is(0, "|"),
    };
    (0..tokens.len()).try_for_each(|at| line.token(at))
}

struct Line<'a, 't> {
    out: &'a mut String,
    tokens: View<'t>,
    end: usize,
    /// Where in `out` the last path begins.
    path: usize,
    /// The brackets that are not closed yet: which token, and where in `out` the path before begins.
    open: Vec<(usize, usize)>,
    /// Between the `|` of a closure.
    in_closure: bool,
}

impl Line<'_, '_> {
    fn token(&mut self, at: usize) -> Result<(), Unfit> {
        let (word, kind) = (self.tokens.word(at), self.tokens.kind(at));
        if self.is_dropped_comma(at)? {
            return Ok(());
        }
        if at > 0 {
            let space = if self.is_spaced(at)? { " " } else { "" };
            self.out.push_str(space);
        }
        match kind {
            Some(Kind::Word) if CONTROL.contains(&word) => return Err(Unfit::Unknown),
            Some(Kind::Word) if at == 0 || !self.tokens.is(at - 1, "::") => {
                self.path = self.out.len();
            }
            // A block.
            Some(Kind::Open(Bracket::Curly)) if at == 0 => return Err(Unfit::Unknown),
            Some(Kind::Open(_)) => self.open.push((at, self.path)),
            Some(Kind::Close(bracket)) => {
                let (_, path) = self.open.pop().unwrap_or_default();
                if bracket == Bracket::Curly && self.out.len() - path > SHORT_STRUCT {
                    return Err(Unfit::Broken);
                }
            }
            _ => {}
        }
        self.out.push_str(word);
        if self.out.len() > self.end {
            Err(Unfit::Broken)
        } else {
            Ok(())
        }
    }

    /// A comma behind the last element is only for elements on lines of their own. Not so in the
    /// tuple of one, and in macros, whose tokens are their own business.
    fn is_dropped_comma(&self, at: usize) -> Result<bool, Unfit> {
        let closes = matches!(self.tokens.kind(at + 1), Some(Kind::Close(_)));
        if !closes || !self.tokens.is(at, ",") {
            return Ok(false);
        }
        let (open, _) = self.open.last().copied().ok_or(Unfit::Unknown)?;
        let is_called = open > 0 && self.ends_operand(open - 1);
        let is_macro = open > 0 && self.tokens.is(open - 1, "!");
        if is_macro || !is_called && self.tokens.opens(open, Bracket::Round) {
            return Err(Unfit::Unknown);
        }
        Ok(true)
    }

    /// Whether a space is in front of a token that is not the first.
    fn is_spaced(&mut self, at: usize) -> Result<bool, Unfit> {
        let before = at - 1;
        let word = self.tokens.word(at);
        let behind_operand = self.ends_operand(before);
        Ok(match self.tokens.kind(at) {
            Some(Kind::Word | Kind::Literal) => behind_operand || self.is_spaced_behind(before),
            Some(Kind::Close(bracket)) => {
                bracket == Bracket::Curly && !self.tokens.opens(before, bracket)
            }
            Some(Kind::Open(Bracket::Angle)) if behind_operand => false,
            Some(Kind::Open(Bracket::Angle)) if self.tokens.is(before, "::") => false,
            Some(Kind::Open(Bracket::Curly)) if self.ends_path(before) => true,
            Some(Kind::Open(Bracket::Round | Bracket::Square)) => {
                if behind_operand {
                    let word = self.tokens.word(before);
                    word.starts_with('\'') || word == "mut"
                } else {
                    self.is_spaced_behind(before)
                }
            }
            Some(Kind::Open(_)) | None => return Err(Unfit::Unknown),
            Some(Kind::Sign) => match word {
                "," | ";" | "?" | "." | ":" => false,
                "=" | "->" | "=>" | "+" => true,
                "::" | "!" if behind_operand => false,
                "|" => return self.bar(before),
                "&" | "*" | "-" | "!" if !behind_operand => self.is_spaced_behind(before),
                _ => return Err(Unfit::Unknown),
            },
        })
    }

    /// One of the two bars of a closure.
    fn bar(&mut self, before: usize) -> Result<bool, Unfit> {
        if self.in_closure {
            self.in_closure = false;
            return Ok(false);
        }
        let begins = matches!(self.tokens.kind(before), Some(Kind::Open(Bracket::Round)))
            || matches!(self.tokens.word(before), "," | "=" | "move");
        if !begins {
            return Err(Unfit::Unknown);
        }
        self.in_closure = true;
        Ok(!matches!(self.tokens.kind(before), Some(Kind::Open(_))))
    }

    /// Whether an operand ends here, so that an operator may come.
    fn ends_operand(&self, at: usize) -> bool {
        let kind = self.tokens.kind(at);
        matches!(kind, Some(Kind::Word | Kind::Literal | Kind::Close(_)))
    }

    /// Whether fields of a struct may come here, rather than a block.
    fn ends_path(&self, at: usize) -> bool {
        let kind = self.tokens.kind(at);
        matches!(kind, Some(Kind::Word | Kind::Close(Bracket::Angle)))
            && !BLOCK.contains(&self.tokens.word(at))
    }

    /// Whether a space is behind a sign or an opening bracket.
    fn is_spaced_behind(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Some(Kind::Open(bracket)) => bracket == Bracket::Curly,
            _ => match self.tokens.word(at) {
                "|" => !self.in_closure,
                "," | ";" | ":" | "=" | "->" | "=>" | "+" => true,
                _ => false,
            },
        }
    }
}
