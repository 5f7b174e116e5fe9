//! Values in descriptions, compared with patterns.

use regex_lite::Regex;

/// Returns the values that a description quotes and its pattern refuses.
///
/// Values are recognised by the collection that they begin with, which is that of the pattern. The
/// pattern has passed [`check`](super::check).
pub(crate) fn refused<'d>(pattern: &str, description: &'d str) -> Vec<&'d str> {
    let Some(collection) = first_collection(pattern) else {
        return Vec::new();
    };
    let is_value = |text: &&str| {
        let rest = text.strip_prefix(collection);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let values: Vec<_> = quoted(description)
        .filter(is_value)
        .filter_map(|value| Some((value, filled(value)?)))
        .collect();
    if values.is_empty() {
        return Vec::new();
    }
    let Ok(regex) = Regex::new(&format!("^(?:{pattern})$")) else {
        return Vec::new();
    };
    let refused = values
        .into_iter()
        .filter(|(_, filled)| !regex.is_match(filled));
    refused.map(|(value, _)| value).collect()
}

/// Returns `projects` for `^projects/[^/]+$`.
fn first_collection(pattern: &str) -> Option<&str> {
    let path = pattern.strip_prefix('^').unwrap_or(pattern);
    let (collection, _) = path.split_once('/')?;
    let is_name = !collection.is_empty() && collection.bytes().all(|b| b.is_ascii_alphabetic());
    is_name.then_some(collection)
}

/// Returns the texts between backticks or quotation marks.
fn quoted(description: &str) -> impl Iterator<Item = &str> {
    let lines = description.lines();
    lines.flat_map(|line| {
        ['`', '"'].into_iter().flat_map(move |mark| {
            // Of the parts between marks, every second one is quoted; the last one is not closed.
            let parts = line.split(mark).count();
            let closed = line.split(mark).take(parts - 1);
            closed.skip(1).step_by(2)
        })
    })
}

/// Returns a value with a word in place of each placeholder: `{x}`, `[X]` or `<x>`. Other texts, and
/// those that lost a segment, are not values.
fn filled(value: &str) -> Option<String> {
    let mut filled = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find(['{', '[', '<']) {
        let (before, placeholder) = rest.split_at(start);
        let end = placeholder.find(['}', ']', '>'])?;
        let (inner, after) = (placeholder.get(1..end)?, placeholder.get(end + 1..)?);
        if inner.is_empty() || inner.contains('/') {
            return None;
        }
        filled.push_str(before);
        filled.push('x');
        rest = after;
    }
    filled.push_str(rest);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.~@:/-".contains(&byte);
    let has_segments = filled.split('/').all(|segment| !segment.is_empty());
    (has_segments && filled.bytes().all(is_plain)).then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::refused;

    #[test]
    fn values_that_the_pattern_refuses_are_found() {
        let pattern = "^projects/[^/]+/documents/[^/]+/.*$";
        let description = "The parent. In the format: `projects/{project_id}/documents` or \
            `projects/{project_id}/documents/{path}`.\nFor example: \"projects/p/documents/rooms/r\" \
            or `projects/[P]/documents/<a>/b`.";
        assert_eq!(
            refused(pattern, description),
            [
                "projects/{project_id}/documents",
                "projects/{project_id}/documents/{path}"
            ]
        );
    }

    #[test]
    fn other_texts_are_not_values() {
        let pattern = "^projects/[^/]+$";
        for description in [
            "",
            "projects/p/things",
            "`folders/f/things`",
            "`projects`",
            "`projectsets/p/q`",
            "`projects//things/`",
            "`projects/p/things/*`",
            "`projects/p and projects/q`",
            "`projects/{p`",
            "`projects/{a/b}`",
            "an open `projects/p/things",
            "`a` projects/p/things `b`",
            "`projects/é/things`",
        ] {
            let none: [&str; 0] = [];
            assert_eq!(refused(pattern, description), none, "{description}");
        }
        assert!(refused("^[^/]+/things$", "`a/b`").is_empty());
        assert!(refused("^things$", "`things/b`").is_empty());
    }
}
