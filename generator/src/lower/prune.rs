//! Small clients of large APIs: keeps the selected methods and the schemas they need.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use discovery::{Document, Method, Problem, Problems, Resource, Schema};

use super::nearest;

const PATTERNS: &str = "a pattern is a method's resource path and name, such as `accounts.apps.*`, the \
                        id of a method, or the name of a schema";

/// Returns the document with the methods and schemas that match a pattern, and the schemas they need;
/// without patterns, the whole document. A pattern matches the id of a method, its name after the path
/// of the resource, or the name of a schema; `*` stands for any text.
///
/// # Errors
///
/// If a pattern matches nothing.
pub(super) fn prune<'a>(
    document: &'a Document,
    patterns: &[String],
) -> Result<Cow<'a, Document>, Problems> {
    if patterns.is_empty() {
        return Ok(Cow::Borrowed(document));
    }
    let mut selection = Selection {
        document,
        patterns,
        used: BTreeSet::new(),
    };
    let mut pruned = document.clone();
    selection.methods("", &mut pruned.methods);
    selection.resources("", &mut pruned.resources);
    let named = pruned
        .schemas
        .keys()
        .filter(|name| selection.matches(name))
        .cloned()
        .collect();
    let needed = needed(&pruned, named);
    pruned.schemas.retain(|name, _| needed.contains(name));
    selection.unused().map_or(Ok(Cow::Owned(pruned)), Err)
}

struct Selection<'a> {
    document: &'a Document,
    patterns: &'a [String],
    /// The indexes of the patterns that matched.
    used: BTreeSet<usize>,
}

impl Selection<'_> {
    fn resources(&mut self, parent: &str, resources: &mut BTreeMap<String, Resource>) {
        resources.retain(|name, resource| {
            let id = joined(parent, name);
            self.methods(&id, &mut resource.methods);
            self.resources(&id, &mut resource.resources);
            !resource.methods.is_empty() || !resource.resources.is_empty()
        });
    }

    fn methods(&mut self, parent: &str, methods: &mut BTreeMap<String, Method>) {
        methods.retain(|name, method| {
            // Both are evaluated, since each marks the patterns that match.
            let by_path = self.matches(&joined(parent, name));
            self.matches(&method.id) || by_path
        });
    }

    fn matches(&mut self, name: &str) -> bool {
        let matching: Vec<_> = self
            .patterns
            .iter()
            .enumerate()
            .filter(|(_, pattern)| matches(pattern, name))
            .map(|(index, _)| index)
            .collect();
        self.used.extend(&matching);
        !matching.is_empty()
    }

    fn unused(&self) -> Option<Problems> {
        let unused: Problems = self
            .patterns
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.used.contains(index))
            .map(|(_, pattern)| {
                let help = match nearest::pattern(self.document, pattern) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => PATTERNS.to_owned(),
                };
                Problem::error("", format!("no method or schema matches `{pattern}`"))
                    .with_help(help)
            })
            .collect();
        (!unused.is_empty()).then_some(unused)
    }
}

fn joined(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}.{name}")
    }
}

/// Returns whether the name matches; `*` stands for any text. Takes at most the product of the lengths.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Returns the names of `named` and of the schemas that they or the methods need.
fn needed(document: &Document, named: BTreeSet<String>) -> BTreeSet<String> {
    let mut pending: Vec<String> = named.into_iter().collect();
    for node in document.methods() {
        let messages = node.method.messages();
        messages.for_each(|(_, message)| references(message, &mut pending));
    }
    let mut needed = BTreeSet::new();
    while let Some(name) = pending.pop() {
        if let Some(schema) = document.schemas.get(&name)
            && needed.insert(name)
        {
            references(schema, &mut pending);
        }
    }
    needed
}

/// Collects the schemas that this one refers to. The depth of JSON bounds the recursion.
fn references(schema: &Schema, found: &mut Vec<String>) {
    found.extend(schema.reference().map(str::to_owned));
    schema.parts().for_each(|part| references(part, found));
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("instances.*", "instances.get", true),
            ("instances.*", "instanceGroups.get", false),
            ("zones.list", "zones.list", true),
            ("zones.list", "zones.listAll", false),
            ("*", "", true),
            ("*.list", "zones.list", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "acb", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
