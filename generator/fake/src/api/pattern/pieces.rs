//! Templates in segments, and regular expressions in those of paths.

use discovery::template::{Segment, Template};

/// A part of a segment.
pub(super) enum Piece {
    Text(String),
    Variable(String, bool),
}

/// Returns the segments of a template, each in its pieces.
pub(super) fn pieces(template: &Template) -> Vec<Vec<Piece>> {
    let mut segments = vec![Vec::new()];
    let mut push = |piece: Option<Piece>, begins: bool| {
        if begins {
            segments.push(Vec::new());
        }
        if let (Some(piece), Some(segment)) = (piece, segments.last_mut()) {
            segment.push(piece);
        }
    };
    for segment in &template.segments {
        match segment {
            Segment::Literal(text) => {
                for (index, word) in text.split('/').enumerate() {
                    let piece = (!word.is_empty()).then(|| Piece::Text(word.to_owned()));
                    push(piece, index > 0);
                }
            }
            Segment::Variable { name, reserved } => {
                push(Some(Piece::Variable(name.clone(), *reserved)), false);
            }
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

/// Removes the verb from the last segment, and returns it.
pub(super) fn take_verb(segments: &mut [Vec<Piece>]) -> Option<String> {
    let last = segments.last_mut()?;
    let Some(Piece::Text(text)) = last.last_mut() else {
        return None;
    };
    let (rest, verb) = text.rsplit_once(':')?;
    let (rest, verb) = (rest.to_owned(), verb.to_owned());
    if rest.is_empty() {
        last.pop();
    } else {
        *text = rest;
    }
    Some(verb)
}

/// Splits a regular expression at the slashes outside of groups and classes.
pub(super) fn split_regex(regex: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut depth, mut in_class, mut is_escaped) = (0_usize, false, false);
    for (at, c) in regex.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth = depth.saturating_sub(1),
            '|' if depth == 0 && !in_class => return vec!["/"],
            '/' if depth == 0 && !in_class => {
                parts.push(&regex[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&regex[start..]);
    parts
}

/// Returns whether a regular expression matches its own text and nothing else.
pub(super) fn is_word(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_plain)
}
