//! URI templates: the part of [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) that Google's
//! documents use.
//!
//! That is literal text, `{x}`, `{+x}`, and one `:verb` at the end
//! ([AIP-136](https://google.aip.dev/136)). Everything else is an error that names the character,
//! so a template which parses can be expanded without further questions.

use std::collections::BTreeSet;
use std::fmt;

/// A path, relative, in pieces.
///
/// Displays as the text it was parsed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The pieces in order. Two literals never follow one another, nor do two variables.
    pub segments: Vec<Piece>,
}

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands for itself, and needs no encoding. A verb is part of the last one.
    Literal(String),
    /// A place for a value.
    Variable {
        /// The name of the parameter.
        name: String,
        /// Whether the value can be several segments (`{+x}`): its slashes are not encoded.
        reserved: bool,
    },
}

/// Why a text is no [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The character at fault, counted from one.
    pub position: usize,
    message: String,
}

impl Template {
    /// Parses a path relative to the service path of an API.
    ///
    /// # Errors
    ///
    /// If the text is outside the subset, with the position of the first character that is.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parser = Parser::default();
        let mut chars = (1..).zip(text.chars());
        while let Some((position, c)) = chars.next() {
            parser.end = position + 1;
            match c {
                '{' => {
                    let expression = expression(position, &mut chars)?;
                    parser.variable(position, &expression)?;
                }
                '/' => parser.slash(position)?,
                ':' => parser.colon(position)?,
                _ => parser.character(position, c)?,
            }
        }
        parser.finish()
    }

    /// The variables in order: name, and whether it is `{+reserved}`.
    pub fn variables(&self) -> impl Iterator<Item = (&str, bool)> {
        self.segments.iter().filter_map(|piece| match piece {
            Piece::Literal(_) => None,
            Piece::Variable { name, reserved } => Some((name.as_str(), *reserved)),
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments.iter().try_for_each(|piece| match piece {
            Piece::Literal(text) => f.write_str(text),
            Piece::Variable {
                name,
                reserved: false,
            } => write!(f, "{{{name}}}"),
            Piece::Variable {
                name,
                reserved: true,
            } => write!(f, "{{+{name}}}"),
        })
    }
}

impl TemplateError {
    fn new(position: usize, message: impl Into<String>) -> Self {
        Self {
            position,
            message: message.into(),
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}: {}", self.position, self.message)
    }
}

impl std::error::Error for TemplateError {}

/// What is between the brace at `open` and the one that closes it.
fn expression(
    open: usize,
    chars: &mut impl Iterator<Item = (usize, char)>,
) -> Result<String, TemplateError> {
    let mut text = String::new();
    for (_, c) in chars {
        match c {
            '}' => return Ok(text),
            '{' => break,
            _ => text.push(c),
        }
    }
    Err(TemplateError::new(open, "the brace is not closed"))
}

#[derive(Default)]
struct Parser {
    pieces: Vec<Piece>,
    names: BTreeSet<String>,
    /// The segment so far, each variable in it as a brace.
    segment: String,
    in_verb: bool,
    end: usize,
}

impl Parser {
    fn variable(&mut self, open: usize, expression: &str) -> Result<(), TemplateError> {
        let fail = |position, message: String| Err(TemplateError::new(position, message));
        self.not_in_verb(open)?;
        let (name, reserved) = match expression.strip_prefix('+') {
            Some(name) => (name, true),
            None => (expression, false),
        };
        let start = open + 1 + usize::from(reserved);
        if let Some((position, message)) = fault_in_name(name, start) {
            return fail(position, message);
        }
        if matches!(self.pieces.last(), Some(Piece::Variable { .. })) {
            return fail(
                open,
                "a variable follows a variable, with no text between".to_owned(),
            );
        }
        if !self.names.insert(name.to_owned()) {
            return fail(open, format!("the variable `{name}` occurs twice"));
        }
        self.segment.push('{');
        self.end = start + name.len() + 1;
        self.pieces.push(Piece::Variable {
            name: name.to_owned(),
            reserved,
        });
        Ok(())
    }

    fn slash(&mut self, position: usize) -> Result<(), TemplateError> {
        self.not_in_verb(position)?;
        match self.segment.as_str() {
            "" if position == 1 => {
                return Err(TemplateError::new(
                    1,
                    "a path is relative, so no slash begins it",
                ));
            }
            "" => return Err(TemplateError::new(position, "a segment is empty")),
            _ => self.no_dot_segment(position)?,
        }
        self.segment.clear();
        self.literal('/');
        Ok(())
    }

    fn colon(&mut self, position: usize) -> Result<(), TemplateError> {
        self.not_in_verb(position)?;
        if self.segment.is_empty() {
            return Err(TemplateError::new(
                position,
                "a verb needs a segment in front of it",
            ));
        }
        self.in_verb = true;
        self.segment.push(':');
        self.literal(':');
        Ok(())
    }

    fn character(&mut self, position: usize, c: char) -> Result<(), TemplateError> {
        // RFC 3986: `pchar` without the colon, which begins a verb, and without escapes.
        if !c.is_ascii_alphanumeric() && !"-._~!$&'()*+,;=@".contains(c) {
            let message = match c {
                '?' | '#' => format!("`{c}` would end the path"),
                '}' => "the brace closes nothing".to_owned(),
                _ => format!("`{}` has no place in a path", c.escape_debug()),
            };
            return Err(TemplateError::new(position, message));
        }
        self.segment.push(c);
        self.literal(c);
        Ok(())
    }

    fn literal(&mut self, c: char) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(text)) => text.push(c),
            _ => self.pieces.push(Piece::Literal(c.to_string())),
        }
    }

    fn not_in_verb(&self, position: usize) -> Result<(), TemplateError> {
        if self.in_verb {
            return Err(TemplateError::new(
                position,
                "the verb must be the end of the path",
            ));
        }
        Ok(())
    }

    fn no_dot_segment(&self, end: usize) -> Result<(), TemplateError> {
        if matches!(self.segment.as_str(), "." | "..") {
            let start = end - self.segment.len();
            return Err(TemplateError::new(
                start,
                "a dot segment would lead to another path",
            ));
        }
        Ok(())
    }

    fn finish(self) -> Result<Template, TemplateError> {
        if self.pieces.is_empty() {
            return Err(TemplateError::new(1, "the path is empty"));
        }
        self.no_dot_segment(self.end)?;
        if self.segment.ends_with(':') {
            return Err(TemplateError::new(
                self.end - 1,
                "no verb follows the colon",
            ));
        }
        Ok(Template {
            segments: self.pieces,
        })
    }
}

/// What is wrong with the name of a variable that begins at `start`, and where.
fn fault_in_name(name: &str, start: usize) -> Option<(usize, String)> {
    if name.is_empty() {
        return Some((start, "the variable has no name".to_owned()));
    }
    let is_fault = |c: &char| !c.is_ascii_alphanumeric() && *c != '_';
    let (index, c) = name.chars().enumerate().find(|(_, c)| is_fault(c))?;
    let message = match (index, c) {
        (0, '#' | '.' | '/' | ';' | '?' | '&' | '=' | ',' | '!' | '@' | '|') => {
            format!("the operator `{c}` is not supported, only `+` is")
        }
        (_, '*' | ':') => format!("the modifier `{c}` is not supported"),
        (_, ',') => "an expression with several variables is not supported".to_owned(),
        (_, c) => format!(
            "`{}` has no place in the name of a variable",
            c.escape_debug()
        ),
    };
    Some((start + index, message))
}
