//! URI templates: the part of [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) that Google's
//! documents use.
//!
//! The subset is literal text, `{x}`, `{+x}`, and one `:verb` at the end
//! ([AIP-136](https://google.aip.dev/136)). Everything else is an error that names the character,
//! so expanding a template cannot fail.

use std::collections::BTreeSet;
use std::fmt;

/// A relative path in segments.
///
/// Displays as the text it was parsed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The segments in order. Neither two literals nor two variables are adjacent.
    pub segments: Vec<Segment>,
}

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that needs no encoding. A verb is part of the last one.
    Literal(String),
    /// A variable.
    Variable {
        /// The name of the parameter.
        name: String,
        /// Reserved expansion (`{+x}`): the value's slashes are not encoded.
        reserved: bool,
    },
}

/// The reason that a text is not a [`Template`].
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
    /// Reports the first character outside of the subset.
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

    /// Returns the variables in order, each with its name and whether it is `{+reserved}`.
    pub fn variables(&self) -> impl Iterator<Item = (&str, bool)> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Variable { name, reserved } => Some((name.as_str(), *reserved)),
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => f.write_str(text),
            Segment::Variable { name, reserved } => {
                let operator = if *reserved { "+" } else { "" };
                write!(f, "{{{operator}{name}}}")
            }
        })
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}: {}", self.position, self.message)
    }
}

impl std::error::Error for TemplateError {}

fn fault<T>(position: usize, message: impl Into<String>) -> Result<T, TemplateError> {
    Err(TemplateError {
        position,
        message: message.into(),
    })
}

/// Returns the text between the brace at `open` and the closing one.
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
    fault(open, "the brace is not closed")
}

#[derive(Default)]
struct Parser {
    segments: Vec<Segment>,
    names: BTreeSet<String>,
    /// The text since the last slash, each variable as a brace.
    since_slash: String,
    in_verb: bool,
    end: usize,
}

impl Parser {
    fn variable(&mut self, open: usize, expression: &str) -> Result<(), TemplateError> {
        self.not_in_verb(open)?;
        let reserved = expression.starts_with('+');
        let name = expression.strip_prefix('+').unwrap_or(expression);
        let start = open + 1 + usize::from(reserved);
        check_name(name, start)?;
        if matches!(self.segments.last(), Some(Segment::Variable { .. })) {
            return fault(open, "two variables are adjacent");
        }
        let name = name.to_owned();
        if !self.names.insert(name.clone()) {
            return fault(open, format!("the variable `{name}` occurs twice"));
        }
        self.since_slash.push('{');
        self.end = start + name.len() + 1;
        self.segments.push(Segment::Variable { name, reserved });
        Ok(())
    }

    fn slash(&mut self, position: usize) -> Result<(), TemplateError> {
        self.not_in_verb(position)?;
        if position == 1 {
            return fault(1, "a path is relative, and must not begin with a slash");
        }
        if self.since_slash.is_empty() {
            return fault(position, "a segment is empty");
        }
        self.no_dot_segment(position)?;
        self.since_slash.clear();
        self.literal('/');
        Ok(())
    }

    fn colon(&mut self, position: usize) -> Result<(), TemplateError> {
        self.not_in_verb(position)?;
        if self.since_slash.is_empty() {
            return fault(position, "a verb must follow a segment");
        }
        self.in_verb = true;
        self.since_slash.push(':');
        self.literal(':');
        Ok(())
    }

    fn character(&mut self, position: usize, c: char) -> Result<(), TemplateError> {
        // RFC 3986: `pchar` without the colon, which begins a verb, and without escapes.
        if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=@".contains(c) {
            self.since_slash.push(c);
            self.literal(c);
            return Ok(());
        }
        match c {
            '?' | '#' => fault(position, format!("`{c}` would end the path")),
            '}' => fault(position, "the brace has not been opened"),
            _ => fault(
                position,
                format!("`{}` is not allowed in a path", c.escape_debug()),
            ),
        }
    }

    fn literal(&mut self, c: char) {
        match self.segments.last_mut() {
            Some(Segment::Literal(text)) => text.push(c),
            _ => self.segments.push(Segment::Literal(c.to_string())),
        }
    }

    fn not_in_verb(&self, position: usize) -> Result<(), TemplateError> {
        if self.in_verb {
            return fault(position, "the verb must be the end of the path");
        }
        Ok(())
    }

    fn no_dot_segment(&self, end: usize) -> Result<(), TemplateError> {
        if matches!(self.since_slash.as_str(), "." | "..") {
            let start = end - self.since_slash.len();
            return fault(start, "a dot segment would change the path");
        }
        Ok(())
    }

    fn finish(self) -> Result<Template, TemplateError> {
        if self.segments.is_empty() {
            return fault(1, "the path is empty");
        }
        self.no_dot_segment(self.end)?;
        if self.since_slash.ends_with(':') {
            return fault(self.end - 1, "the verb is missing");
        }
        let segments = self.segments;
        Ok(Template { segments })
    }
}

/// Checks the name of a variable that begins at `start`.
fn check_name(name: &str, start: usize) -> Result<(), TemplateError> {
    if name.is_empty() {
        return fault(start, "the variable has no name");
    }
    let is_fault = |c: &char| !c.is_ascii_alphanumeric() && *c != '_';
    let Some((index, c)) = name.chars().enumerate().find(|(_, c)| is_fault(c)) else {
        return Ok(());
    };
    let message = match (index, c) {
        (0, '#' | '.' | '/' | ';' | '?' | '&' | '=' | ',' | '!' | '@' | '|') => {
            format!("the operator `{c}` is not supported, only `+` is")
        }
        (_, '*' | ':') => format!("the modifier `{c}` is not supported"),
        (_, ',') => "an expression with several variables is not supported".to_owned(),
        (_, c) => format!(
            "`{}` is not allowed in the name of a variable",
            c.escape_debug()
        ),
    };
    fault(start + index, message)
}
