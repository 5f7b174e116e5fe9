//! Matches names and URLs against path templates, from the end.

use percent_encoding::percent_decode_str;

use crate::description::template::{Segment, Template};

/// The longest text that is matched, in bytes. Names of Google's resources are far shorter.
const LONGEST: usize = 2048;

/// The value of each variable of a template.
pub(super) type Values = Vec<(&'static str, String)>;

/// Returns whether a variable may have a value.
pub(super) type Fits<'a> = &'a dyn Fn(&str, &str) -> bool;

/// The text that is matched.
#[derive(Clone, Copy)]
enum Text {
    /// The name of an operation, which the template matches as a whole.
    Name,
    /// The path of a URL, whose end the template matches. Values are percent-encoded.
    Link,
}

/// Returns the part of a template that names of resources have: everything from the collection of
/// the first variable on. The value of `{+x}` includes the collection. Versions and the like precede
/// it.
pub(super) fn name_template(template: Template) -> Vec<Segment> {
    let segments = template.segments();
    let Some((Segment::Literal(text), rest)) = segments.split_first() else {
        return segments.to_vec();
    };
    let collection = match rest.first() {
        Some(Segment::Reserved(_)) => None,
        _ => Some(Segment::Literal(last_collection(text))),
    };
    collection.into_iter().chain(rest.iter().copied()).collect()
}

/// Returns `zones/` of `v1/projects/zones/`.
fn last_collection(literal: &str) -> &str {
    let collections = literal.trim_end_matches('/');
    let start = collections.rfind('/').map_or(0, |slash| slash + 1);
    literal.get(start..).unwrap_or_default()
}

/// Returns the values with which the template is the name.
pub(super) fn match_name(template: &[Segment], name: &str, fits: Fits<'_>) -> Option<Values> {
    (name.len() <= LONGEST)
        .then(|| match_end(template, name, Text::Name, fits))
        .flatten()
}

/// Returns the values with which the template is the end of the URL's path.
pub(super) fn match_link(template: &[Segment], link: &str, fits: Fits<'_>) -> Option<Values> {
    if link.len() > LONGEST {
        return None;
    }
    let (_, path) = link.split_once("://")?;
    let (_, path) = path.split_once('/')?;
    let path = path.split(['?', '#']).next()?;
    match_end(template, path, Text::Link, fits)
}

fn match_end(template: &[Segment], path: &str, text: Text, fits: Fits<'_>) -> Option<Values> {
    let Some((last, before)) = template.split_last() else {
        let starts_here = path.is_empty() || matches!(text, Text::Link) && path.ends_with('/');
        return starts_here.then(Vec::new);
    };
    let with_value = |name: &'static str, start: usize| {
        let (rest, value) = path.split_at_checked(start)?;
        let value = decoded(value, text)?;
        if !fits(name, &value) {
            return None;
        }
        let mut values = match_end(before, rest, text, fits)?;
        values.push((name, value));
        Some(values)
    };
    let mut starts = path
        .rmatch_indices('/')
        .map(|(slash, _)| slash + 1)
        .chain([0]);
    match *last {
        Segment::Literal(literal) => match_end(before, path.strip_suffix(literal)?, text, fits),
        Segment::Variable(name) => with_value(name, starts.next()?),
        Segment::Reserved(name) => starts.find_map(|start| with_value(name, start)),
    }
}

/// Decodes a value. One with an empty segment, a dot segment or an encoded slash is refused.
fn decoded(value: &str, text: Text) -> Option<String> {
    let segment = |segment| {
        let segment = match text {
            Text::Name => String::from(segment),
            Text::Link => percent_decode_str(segment).decode_utf8().ok()?.into_owned(),
        };
        let is_segment = !matches!(&*segment, "" | "." | "..") && !segment.contains('/');
        is_segment.then_some(segment)
    };
    let segments: Vec<String> = value.split('/').map(segment).collect::<Option<_>>()?;
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::Segment::{Literal, Reserved, Variable};
    use super::*;

    const NAME: &[Segment] = &[Literal("v1/"), Reserved("name")];
    const ZONAL: &[Segment] = &[
        Literal("projects/"),
        Variable("project"),
        Literal("/zones/"),
        Variable("zone"),
        Literal("/operations/"),
        Variable("operation"),
    ];

    fn any(_: &str, _: &str) -> bool {
        true
    }

    fn link(template: &[Segment], link: &str) -> Option<String> {
        match_link(template, link, &any).map(shown)
    }

    fn name(template: &'static [Segment], name: &str) -> Option<String> {
        let template = name_template(Template::new(template));
        match_name(&template, name, &any).map(shown)
    }

    fn shown(values: Values) -> String {
        let values = values.iter().map(|(name, value)| format!("{name}={value}"));
        values.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_link_ends_as_the_template() {
        let zonal = "https://h/compute/v1/projects/p:1/zones/z/operations/o?x=/y";
        assert_eq!(
            link(ZONAL, zonal).as_deref(),
            Some("project=p:1 zone=z operation=o")
        );
        let regional = [
            Literal("regions/"),
            Variable("region"),
            Literal("/operations/"),
            Variable("operation"),
        ];
        assert_eq!(link(&regional, zonal), None);
        let global = [
            Literal("locations/global/operations/"),
            Variable("operation"),
        ];
        assert_eq!(link(&global, zonal), None);
        let part_of_a_segment = [Literal("ones/z/operations/"), Variable("operation")];
        assert_eq!(link(&part_of_a_segment, zonal), None);
        assert_eq!(
            link(NAME, "https://h/v1/a/b%20c").as_deref(),
            Some("name=a/b c")
        );
    }

    #[test]
    fn no_value_of_a_link_reaches_another_resource() {
        for operation in ["..", ".", "", "%2e%2e", "a%2Fb", "%ff"] {
            let url = format!("https://h/projects/p/zones/z/operations/{operation}");
            assert_eq!(link(ZONAL, &url), None, "{operation}");
        }
        assert_eq!(link(ZONAL, "projects/p/zones/z/operations/o"), None);
        assert_eq!(link(NAME, "https://h/v1/a/../b"), None);
    }

    #[test]
    fn a_name_has_the_values_after_the_version() {
        const APPS: &[Segment] = &[
            Literal("v1/apps/"),
            Variable("appsId"),
            Literal("/operations/"),
            Variable("operationsId"),
        ];
        assert_eq!(
            name(APPS, "apps/a/operations/o").as_deref(),
            Some("appsId=a operationsId=o")
        );
        assert_eq!(name(APPS, "projects/p/apps/a/operations/o"), None);
        assert_eq!(name(APPS, "operations/o"), None);
        assert_eq!(
            name(NAME, "operations/o").as_deref(),
            Some("name=operations/o")
        );
    }

    #[test]
    fn a_variable_is_a_whole_segment() {
        const TEMPLATE: &[Segment] = &[Literal("v1/a-"), Variable("b")];
        assert_eq!(name(TEMPLATE, "a-b"), None);
    }

    #[test]
    fn a_pattern_limits_a_variable_of_several_segments() {
        let template = [Reserved("folder"), Literal("/zones/"), Variable("zone")];
        let url = "https://h/x/folders/1/zones/z";
        let fits = |name: &str, value: &str| name != "folder" || value == "folders/1";
        let values = match_link(&template, url, &fits).unwrap();
        assert_eq!(shown(values), "folder=folders/1 zone=z");
    }
}
