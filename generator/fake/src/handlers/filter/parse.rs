//! From the text of a filter to its expression.

use crate::status::{Code, Failure};

/// The depth of parentheses.
const MAX_DEPTH: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Compare {
        path: Vec<String>,
        operator: Operator,
        value: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
}

/// The longer one of two that begin alike comes first.
const OPERATORS: [(&str, Operator); 7] = [
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
    (":", Operator::Has),
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Minus,
    Operator(Operator),
    Word(String),
    Quoted(String),
}

/// Parses a filter.
pub(crate) fn parse(text: &str) -> Result<Expression, Failure> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        depth: 0,
    };
    let expression = parser.all()?;
    match parser.tokens {
        [] => Ok(expression),
        _ => Err(invalid("a parenthesis is closed that was not opened")),
    }
}

fn invalid(reason: &str) -> Failure {
    Failure::invalid_field("filter", format!("Invalid filter: {reason}."))
}

fn tokens(text: &str) -> Result<Vec<Token>, Failure> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let operator = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign));
        let (token, length) = match (first, operator) {
            (_, Some((sign, operator))) => (Token::Operator(*operator), sign.len()),
            ('(', _) => (Token::Open, 1),
            (')', _) => (Token::Close, 1),
            ('-', _) if !rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Token::Minus, 1),
            ('"' | '\'', _) => quoted(rest, first)?,
            _ => {
                let is_end = |c: char| c.is_whitespace() || "()=<>!:\"'".contains(c);
                let end = rest
                    .find(is_end)
                    .unwrap_or(rest.len())
                    .max(first.len_utf8());
                (Token::Word(rest[..end].to_owned()), end)
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// Reads a text in quotes, and its length with them.
fn quoted(rest: &str, quote: char) -> Result<(Token, usize), Failure> {
    let (mut text, mut is_escaped) = (String::new(), false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => {
                text.push(c);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            _ if c == quote => return Ok((Token::Quoted(text), at + 1)),
            _ => text.push(c),
        }
    }
    Err(invalid("a quotation mark is not closed"))
}

struct Parser<'t> {
    tokens: &'t [Token],
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<&Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.first(), Some(Token::Word(found)) if found == word);
        if found {
            self.next();
        }
        found
    }

    /// Parses terms between `AND`, or next to each other. `OR` binds closer.
    fn all(&mut self) -> Result<Expression, Failure> {
        let mut parts = vec![self.factor()?];
        while !matches!(self.tokens.first(), None | Some(Token::Close)) {
            self.take_word("AND");
            parts.push(self.factor()?);
        }
        Ok(one_or(parts, Expression::All))
    }

    /// Parses terms between `OR`.
    fn factor(&mut self) -> Result<Expression, Failure> {
        let mut parts = vec![self.term()?];
        while self.take_word("OR") {
            parts.push(self.term()?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    fn term(&mut self) -> Result<Expression, Failure> {
        let is_negated = self.take_word("NOT") || {
            let is_minus = self.tokens.first() == Some(&Token::Minus);
            if is_minus {
                self.next();
            }
            is_minus
        };
        let simple = self.simple()?;
        Ok(match is_negated {
            true => Expression::Not(Box::new(simple)),
            false => simple,
        })
    }

    fn simple(&mut self) -> Result<Expression, Failure> {
        match self.next().cloned() {
            Some(Token::Open) if self.depth < MAX_DEPTH => {
                self.depth += 1;
                let inner = self.all()?;
                self.depth -= 1;
                match self.next() {
                    Some(Token::Close) => Ok(inner),
                    _ => Err(invalid("a parenthesis is not closed")),
                }
            }
            Some(Token::Open) => Err(invalid("it is nested too deeply")),
            Some(Token::Word(name) | Token::Quoted(name)) => self.comparison(&name),
            Some(_) => Err(invalid("a field was expected")),
            None => Err(invalid("it ends too early")),
        }
    }

    fn comparison(&mut self, name: &str) -> Result<Expression, Failure> {
        let Some(Token::Operator(operator)) = self.tokens.first().cloned() else {
            let text = format!(
                "The fake has comparisons of fields, such as `name = \"x\"`, but neither functions nor \
                 searches in all fields: '{name}'."
            );
            return Err(Failure::new(Code::Unimplemented, text));
        };
        self.next();
        let sign = if self.tokens.first() == Some(&Token::Minus) {
            "-"
        } else {
            ""
        };
        if !sign.is_empty() {
            self.next();
        }
        match self.next() {
            Some(Token::Word(value) | Token::Quoted(value)) => Ok(Expression::Compare {
                path: name.split('.').map(str::to_owned).collect(),
                operator,
                value: format!("{sign}{value}"),
            }),
            _ => Err(invalid(&format!("there is no value behind '{name}'"))),
        }
    }
}

fn one_or(
    mut parts: Vec<Expression>,
    many: impl FnOnce(Vec<Expression>) -> Expression,
) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}
