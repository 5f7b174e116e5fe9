//! Expansion of a method's path template.
//!
//! The rule is that of
//! [`google/api/http.proto`](https://github.com/googleapis/googleapis/blob/master/google/api/http.proto),
//! not RFC 6570's: `{x}` keeps `[-_.~0-9a-zA-Z]` and `{+x}` keeps `/` besides. All else is
//! percent-encoded, `%` included, so that no value can reach another resource or end the path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    invalid::{Problem, Rule},
    pattern::Pattern,
};

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
const SEGMENTS: &AsciiSet = &SEGMENT.remove(b'/');

/// The value of one path parameter, with the pattern that it has to match.
#[derive(Clone, Debug)]
pub(crate) struct PathValue {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) pattern: Option<&'static Pattern>,
}

/// The template with every variable replaced by its encoded value.
pub(crate) fn expand(template: &str, values: &[PathValue]) -> Result<String, Problem> {
    let mut expanded = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((variable, after)) = after.split_once('}') else {
            return Err(unusable(template));
        };
        expanded.push_str(literal);
        let (name, reserved) = match variable.strip_prefix('+') {
            Some(name) => (name, true),
            None => (variable, false),
        };
        let Some(value) = values.iter().find(|value| value.name == name) else {
            return Err(Problem::Other(format!(
                "path parameter `{name}` was not given"
            )));
        };
        check(value, reserved)?;
        let kept = if reserved { SEGMENTS } else { SEGMENT };
        expanded.extend(utf8_percent_encode(&value.value, kept));
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// Refuses what would reach another resource, or none.
///
/// URL parsers take `.` and `..` out of a path however they are encoded, so that no encoding can
/// save a value that has such a segment. In `{x}` a slash is encoded, so there the value is one
/// segment.
fn check(value: &PathValue, segments: bool) -> Result<(), Problem> {
    let refuse = |rule| {
        Err(Problem::Value {
            parameter: value.name,
            value: value.value.clone(),
            rule,
        })
    };
    if value.value.is_empty() {
        return refuse(Rule::NotEmpty);
    }
    let is_dot = |part: &str| part == "." || part == "..";
    if is_dot(&value.value) || (segments && value.value.split('/').any(is_dot)) {
        return refuse(Rule::NoDotSegment);
    }
    match value.pattern {
        Some(pattern) if !pattern.matches(&value.value) => refuse(Rule::Matches(pattern.as_str())),
        _ => Ok(()),
    }
}

fn unusable(template: &str) -> Problem {
    Problem::Other(format!("the path template `{template}` is malformed"))
}
