//! Expands path templates.
//!
//! The rule is that of
//! [`google/api/http.proto`](https://github.com/googleapis/googleapis/blob/master/google/api/http.proto),
//! not RFC 6570's: `{x}` keeps `[-_.~0-9a-zA-Z]`, and `{+x}` keeps `/` as well. Everything else is
//! percent-encoded, including `%`, so that no value can reach another resource or end the path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    description::pattern::Pattern,
    description::template::{Segment, Template},
    error::invalid::{Problem, Rule},
};

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
const SEGMENTS: &AsciiSet = &SEGMENT.remove(b'/');

/// The value of a path parameter, with the pattern that it has to match.
#[derive(Clone, Debug)]
pub(crate) struct PathValue {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) pattern: Option<&'static Pattern>,
}

impl PathValue {
    fn refused(&self, rule: Rule) -> Problem {
        Problem::Value {
            parameter: self.name,
            value: self.value.clone(),
            rule,
        }
    }
}

/// Expands a template, after text that goes before it.
pub(crate) fn expand(
    prefix: &[&str],
    template: Template,
    values: &[PathValue],
    checks_patterns: bool,
) -> Result<String, Problem> {
    let literals = template
        .segments()
        .iter()
        .filter_map(|segment| match segment {
            Segment::Literal(text) => Some(text),
            Segment::Variable(_) | Segment::Reserved(_) => None,
        });
    let fixed = prefix.iter().chain(literals).map(|text| text.len());
    let variable = values.iter().map(|value| value.value.len());
    let mut expanded = String::with_capacity(fixed.chain(variable).sum());
    expanded.extend(prefix.iter().copied());
    for segment in template.segments() {
        let (name, kept, reserved) = match *segment {
            Segment::Literal(text) => {
                expanded.push_str(text);
                continue;
            }
            Segment::Variable(name) => (name, SEGMENT, false),
            Segment::Reserved(name) => (name, SEGMENTS, true),
        };
        let Some(value) = values.iter().find(|value| value.name == name) else {
            return Err(Problem::Other(format!(
                "path parameter `{name}` was not given"
            )));
        };
        check(value, reserved)?;
        if let Some(pattern) = value.pattern.filter(|_| checks_patterns)
            && !pattern.matches(&value.value)
        {
            return Err(value.refused(Rule::Matches(pattern.as_str())));
        }
        expanded.extend(utf8_percent_encode(&value.value, kept));
    }
    Ok(expanded)
}

/// Refuses a value that would lead to another resource, or to none.
///
/// URL parsers remove `.` and `..` from a path however they are encoded, so a value with such a
/// segment cannot be sent at all. In `{x}` a slash is encoded, so the value is one segment.
fn check(value: &PathValue, segments: bool) -> Result<(), Problem> {
    if value.value.is_empty() {
        return Err(value.refused(Rule::NotEmpty));
    }
    let is_dot = |part: &[u8]| part == b"." || part == b"..";
    let bytes = value.value.as_bytes();
    let mut parts = bytes.split(|byte| segments && *byte == b'/');
    if parts.any(is_dot) {
        return Err(value.refused(Rule::NoDotSegment));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLE: Template = Template::new(&[Segment::Variable("x"), Segment::Literal(":do")]);
    const PLUS: Template = Template::new(&[Segment::Reserved("x"), Segment::Literal(":do")]);

    fn expanded(template: Template, value: &str) -> Result<String, Problem> {
        let value = PathValue {
            name: "x",
            value: value.to_owned(),
            pattern: None,
        };
        expand(&["v1/"], template, &[value], true)
    }

    /// `{x}` is one segment, `{+x}` any number; both keep only RFC 3986's unreserved characters.
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
            assert_eq!(expanded(SIMPLE, value), Ok(format!("v1/{segment}:do")));
            assert_eq!(expanded(PLUS, value), Ok(format!("v1/{segments}:do")));
        }
    }

    #[test]
    fn dot_segments_and_empty_values_are_refused() {
        for value in ["", ".", ".."] {
            assert!(expanded(SIMPLE, value).is_err(), "{value}");
            assert!(expanded(PLUS, value).is_err(), "{value}");
        }
        for value in ["../a", "a/..", "a/./b", "a/../../b", "/.."] {
            assert!(expanded(PLUS, value).is_err(), "{value}");
            // The slashes are encoded, so the value is one segment.
            assert!(expanded(SIMPLE, value).is_ok(), "{value}");
        }
    }

    #[test]
    fn a_template_may_have_several_variables() {
        const TEMPLATE: Template = Template::new(&[
            Segment::Literal("v1/"),
            Segment::Reserved("a"),
            Segment::Literal("/x/"),
            Segment::Variable("b"),
            Segment::Literal("/y"),
        ]);
        assert_eq!(TEMPLATE.to_string(), "v1/{+a}/x/{b}/y");
        let values = ["a", "b"].map(|name| PathValue {
            name,
            value: format!("{name}/1"),
            pattern: None,
        });
        let path = expand(&["", "s/"], TEMPLATE, &values, true);
        assert_eq!(path, Ok("s/v1/a/1/x/b%2F1/y".to_owned()));
        let problem = expand(&[], TEMPLATE, &values[..1], true).unwrap_err();
        assert_eq!(problem.to_string(), "path parameter `b` was not given");
    }
}
