//! Path templates, compiled to match the paths of requests.
//!
//! A variable of several segments, `{+name}`, is replaced by the segments of its regular expression,
//! `^accounts/[^/]+$`: a literal and a single segment.

mod captures;
mod pieces;

use std::cmp::Ordering;
use std::fmt::Write as _;

use discovery::template::Template;

pub(crate) use captures::{Captures, canonical, decode};
use pieces::{Piece, is_word, pieces, split_regex, take_verb};

/// A path in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathPattern {
    pub(crate) parts: Vec<Part>,
    /// The verb after the last segment: `cancel` in `{+name}:cancel`.
    pub(crate) verb: Option<String>,
    pub(crate) variables: Vec<String>,
}

/// A segment, or with [`Matcher::Rest`] several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) matcher: Matcher,
    /// The variable that it is a part of, an index into [`PathPattern::variables`].
    pub(crate) variable: Option<usize>,
}

/// The segments that a part matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matcher {
    Literal(String),
    /// One segment, with a fixed start and end.
    One {
        start: String,
        end: String,
    },
    /// One or more segments.
    Rest,
}

impl PathPattern {
    /// Compiles a template below a prefix. Returns none if a segment has two variables.
    pub(crate) fn new(
        prefix: &str,
        template: &Template,
        pattern_of: impl Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        let mut pattern = Self {
            parts: Vec::new(),
            verb: None,
            variables: Vec::new(),
        };
        for segment in prefix.split('/').filter(|segment| !segment.is_empty()) {
            pattern.literal(segment, None);
        }
        let mut segments = pieces(template);
        pattern.verb = take_verb(&mut segments);
        for segment in segments {
            pattern.segment(&segment, &pattern_of)?;
        }
        Some(pattern)
    }

    /// Adds a segment of a template.
    fn segment(
        &mut self,
        pieces: &[Piece],
        pattern_of: impl Fn(&str) -> Option<String>,
    ) -> Option<()> {
        let (start, rest) = match pieces {
            [Piece::Text(start), rest @ ..] if !rest.is_empty() => (start.as_str(), rest),
            pieces => ("", pieces),
        };
        match rest {
            [Piece::Text(text)] => self.literal(text, None),
            [Piece::Variable(name, true)] if start.is_empty() => {
                let variable = self.variable(name);
                match pattern_of(name) {
                    None => self.push(Matcher::Rest, Some(variable)),
                    Some(regex) => self.expand(&regex, variable),
                }
            }
            [Piece::Variable(name, _)] => {
                let variable = self.variable(name);
                self.one(start, "", variable);
            }
            [Piece::Variable(name, _), Piece::Text(end)] => {
                let variable = self.variable(name);
                self.one(start, end, variable);
            }
            _ => return None,
        }
        Some(())
    }

    fn variable(&mut self, name: &str) -> usize {
        self.variables.push(name.to_owned());
        self.variables.len() - 1
    }

    fn push(&mut self, matcher: Matcher, variable: Option<usize>) {
        self.parts.push(Part { matcher, variable });
    }

    fn literal(&mut self, text: &str, variable: Option<usize>) {
        self.push(Matcher::Literal(text.to_owned()), variable);
    }

    fn one(&mut self, start: &str, end: &str, variable: usize) {
        let (start, end) = (start.to_owned(), end.to_owned());
        self.push(Matcher::One { start, end }, Some(variable));
    }

    /// Adds the segments of a regular expression.
    fn expand(&mut self, regex: &str, variable: usize) {
        let regex = regex.strip_prefix('^').unwrap_or(regex);
        let regex = regex.strip_suffix('$').unwrap_or(regex);
        for segment in split_regex(regex) {
            match segment {
                word if is_word(word) => self.literal(word, Some(variable)),
                ".*" | ".+" | "**" => self.push(Matcher::Rest, Some(variable)),
                one if !one.replace("[^/]", "").contains('/') => self.one("", "", variable),
                _ => self.push(Matcher::Rest, Some(variable)),
            }
        }
    }

    /// Returns the number of segments that it matches, if there is only one.
    pub(crate) fn length(&self) -> Option<usize> {
        let has_rest = self.parts.iter().any(|part| part.matcher == Matcher::Rest);
        (!has_rest).then_some(self.parts.len())
    }

    /// Returns the captures of a path, in undecoded segments without the verb.
    pub(crate) fn matches(&self, segments: &[&str]) -> Option<Captures> {
        let mut captures = Vec::new();
        for name in &self.variables {
            captures.push((name.clone(), Vec::new()));
        }
        // Rest is tried from the longest; the number of steps bounds backtracking.
        let mut steps = 10_000;
        matches(&self.parts, segments, &mut captures, &mut steps).then_some(Captures(captures))
    }

    /// Returns the path with these values: the key of the resource that it names.
    pub(crate) fn fill(&self, captures: &Captures) -> String {
        let mut key = String::new();
        let mut last = None;
        for part in &self.parts {
            let segments = match (part.variable, &part.matcher) {
                (None, Matcher::Literal(text)) => vec![text.clone()],
                (Some(variable), _) if last != Some(variable) => {
                    let name = self.variables.get(variable).map_or("", String::as_str);
                    captures.get(name).unwrap_or_default().to_vec()
                }
                _ => Vec::new(),
            };
            last = part.variable;
            for segment in segments {
                let slash = if key.is_empty() { "" } else { "/" };
                let _ = write!(key, "{slash}{segment}");
            }
        }
        key
    }

    /// Returns its shape: literals, `*` for one segment and `**` for several.
    pub(crate) fn shape(&self) -> String {
        shape(&self.parts)
    }

    /// Orders patterns so that the first one that matches is the most specific.
    pub(crate) fn by_specificity(&self, other: &Self) -> Ordering {
        let ranks = |pattern: &Self| -> Vec<u8> {
            let parts = pattern.parts.iter();
            let rank = |part: &Part| match part.matcher {
                Matcher::Literal(_) => 0,
                Matcher::One { .. } => 1,
                Matcher::Rest => 2,
            };
            parts.map(rank).collect()
        };
        let (own, others) = (ranks(self), ranks(other));
        let shared = own.len().min(others.len());
        let order = own.iter().take(shared).cmp(others.iter().take(shared));
        // Of two that begin alike, the one with more behind `.*` matches less.
        order.then(others.len().cmp(&own.len()))
    }
}

/// Returns the shape of some parts of a path.
pub(crate) fn shape(parts: &[Part]) -> String {
    let words = parts.iter().map(|part| match &part.matcher {
        Matcher::Literal(text) => text.as_str(),
        Matcher::One { .. } => "*",
        Matcher::Rest => "**",
    });
    words.collect::<Vec<_>>().join("/")
}

fn matches(
    parts: &[Part],
    segments: &[&str],
    captures: &mut [(String, Vec<String>)],
    steps: &mut usize,
) -> bool {
    *steps = steps.saturating_sub(1);
    let Some((part, rest)) = parts.split_first() else {
        return segments.is_empty();
    };
    if *steps == 0 {
        return false;
    }
    let longest = match part.matcher {
        Matcher::Rest => segments.len(),
        _ => segments.len().min(1),
    };
    (1..=longest).rev().any(|length| {
        let (own, others) = segments.split_at(length);
        let Some(own) = capture(&part.matcher, own) else {
            return false;
        };
        let variable = part.variable.and_then(|index| captures.get_mut(index));
        let before = variable.map(|(_, values)| {
            let before = values.len();
            values.extend(own);
            before
        });
        let fits = matches(rest, others, captures, steps);
        if let (false, Some(before), Some(variable)) = (fits, before, part.variable)
            && let Some((_, values)) = captures.get_mut(variable)
        {
            values.truncate(before);
        }
        fits
    })
}

/// Returns the canonical segments if a part matches them.
fn capture(matcher: &Matcher, segments: &[&str]) -> Option<Vec<String>> {
    let mut own = Vec::new();
    for segment in segments {
        let text = decode(segment);
        let text = match matcher {
            Matcher::Literal(word) => (*word == text).then_some(text.as_str())?,
            Matcher::One { start, end } => text
                .strip_prefix(start.as_str())?
                .strip_suffix(end.as_str())?,
            Matcher::Rest => text.as_str(),
        };
        if text.is_empty() {
            return None;
        }
        own.push(canonical(text));
    }
    Some(own)
}
