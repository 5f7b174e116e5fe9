//! Expansion of a method's path template.
//!
//! The rule is that of
//! [`google/api/http.proto`](https://github.com/googleapis/googleapis/blob/master/google/api/http.proto),
//! not RFC 6570's: `{x}` keeps `[-_.~0-9a-zA-Z]` and `{+x}` keeps `/` besides. All else is
//! percent-encoded, `%` included, so that no value can reach another resource or end the path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    description::pattern::Pattern,
    error::invalid::{Problem, Rule},
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

/// The parts of a template, one after the other, with every variable replaced by its encoded value.
pub(crate) fn expand(parts: &[&str], values: &[PathValue]) -> Result<String, Problem> {
    let literals: usize = parts.iter().map(|part| part.len()).sum();
    let variables: usize = values.iter().map(|value| value.value.len()).sum();
    let mut expanded = String::with_capacity(literals + variables);
    for part in parts {
        expand_part(part, values, &mut expanded)?;
    }
    Ok(expanded)
}

fn expand_part(template: &str, values: &[PathValue], expanded: &mut String) -> Result<(), Problem> {
    let mut rest = template;
    while let Some((literal, after)) = split(rest, b'{') {
        let Some((variable, after)) = split(after, b'}') else {
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
    Ok(())
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
    let is_dot = |part: &[u8]| part == b"." || part == b"..";
    let bytes = value.value.as_bytes();
    let mut parts = bytes.split(|byte| segments && *byte == b'/');
    if parts.any(is_dot) {
        return refuse(Rule::NoDotSegment);
    }
    match value.pattern {
        Some(pattern) if !pattern.matches(&value.value) => refuse(Rule::Matches(pattern.as_str())),
        _ => Ok(()),
    }
}

/// The text before and after the first of an ASCII character. That of the standard library is for
/// long texts.
fn split(text: &str, separator: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

fn unusable(template: &str) -> Problem {
    Problem::Other(format!("the path template `{template}` is malformed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(template: &str, value: &str) -> Result<String, Problem> {
        let value = PathValue {
            name: "x",
            value: value.to_owned(),
            pattern: None,
        };
        expand(&[template], &[value])
    }

    /// `{x}` is one segment, `{+x}` any number; both keep RFC 3986's unreserved characters alone.
    #[test]
    fn values_are_encoded() {
        let table = [
            ("a b?c#d", "a%20b%3Fc%23d", "a%20b%3Fc%23d"),
            ("a/b", "a%2Fb", "a/b"),
            ("a%2Fb", "a%252Fb", "a%252Fb"),
            ("100%", "100%25", "100%25"),
            ("é*(", "%C3%A9%2A%28", "%C3%A9%2A%28"),
            (
                "[x]:@!$&'()*+,;=",
                "%5Bx%5D%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
                "%5Bx%5D%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
            ),
            ("-_.~aZ09", "-_.~aZ09", "-_.~aZ09"),
            ("%2e%2e/x", "%252e%252e%2Fx", "%252e%252e/x"),
            ("a\\b", "a%5Cb", "a%5Cb"),
            ("a\n\t\0b", "a%0A%09%00b", "a%0A%09%00b"),
            ("/a//b/", "%2Fa%2F%2Fb%2F", "/a//b/"),
            ("...", "...", "..."),
            ("a/..b/c..", "a%2F..b%2Fc..", "a/..b/c.."),
            ("日本", "%E6%97%A5%E6%9C%AC", "%E6%97%A5%E6%9C%AC"),
        ];
        for (value, segment, segments) in table {
            assert_eq!(expanded("v1/{x}:do", value), Ok(format!("v1/{segment}:do")));
            assert_eq!(
                expanded("v1/{+x}:do", value),
                Ok(format!("v1/{segments}:do"))
            );
        }
    }

    #[test]
    fn dot_segments_and_empty_values_are_refused() {
        for value in ["", ".", ".."] {
            assert!(expanded("{x}", value).is_err(), "{value}");
            assert!(expanded("{+x}", value).is_err(), "{value}");
        }
        for value in ["../a", "a/..", "a/./b", "a/../../b", "/.."] {
            assert!(expanded("{+x}", value).is_err(), "{value}");
            // In one segment the slashes are encoded, so that no segment is a dot.
            assert!(expanded("{x}", value).is_ok(), "{value}");
        }
    }

    #[test]
    fn a_template_may_have_several_variables_and_has_to_be_whole() {
        let values = ["a", "b"].map(|name| PathValue {
            name,
            value: format!("{name}/1"),
            pattern: None,
        });
        let path = expand(&["v1/{+a}/", "x/{b}/y"], &values);
        assert_eq!(path, Ok("v1/a/1/x/b%2F1/y".to_owned()));
        let problem = expand(&["v1/{a"], &values).unwrap_err();
        assert_eq!(
            problem.to_string(),
            "the path template `v1/{a` is malformed"
        );
        let problem = expand(&["v1/{c}"], &values).unwrap_err();
        assert_eq!(problem.to_string(), "path parameter `c` was not given");
    }
}
