//! The values that the variables of a path template have in a path, read from its end.

use percent_encoding::percent_decode_str;

/// The longest path that is looked at, in bytes. Names of Google's resources are far shorter.
const LONGEST: usize = 2048;

/// A part of a template between two slashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Segment {
    Literal(&'static str),
    /// `{x}`, or `{+x}` which can be several segments of a path.
    Variable {
        name: &'static str,
        reserved: bool,
    },
}

/// The value of each variable.
pub(super) type Values = Vec<(&'static str, String)>;

/// Whether a variable may have a value.
pub(super) type Fits<'a> = &'a dyn Fn(&str, &str) -> bool;

/// The segments of a template, `None` if one of them is neither a literal nor a variable.
pub(super) fn segments(template: &'static str) -> Option<Vec<Segment>> {
    let segment = |text: &'static str| {
        if !text.contains(['{', '}']) {
            return Some(Segment::Literal(text));
        }
        let variable = text.strip_prefix('{')?.strip_suffix('}')?;
        let (name, reserved) = match variable.strip_prefix('+') {
            Some(name) => (name, true),
            None => (variable, false),
        };
        Some(Segment::Variable { name, reserved })
    };
    template.split('/').map(segment).collect()
}

/// What of a template the name of a resource has: all from the collection of the first variable on,
/// which `{+x}` contains. Before it are versions and the like.
pub(super) fn of_name(template: &[Segment]) -> &[Segment] {
    let is_variable = |segment: &Segment| matches!(segment, Segment::Variable { .. });
    let first = template.iter().position(is_variable).unwrap_or_default();
    let contained = matches!(
        template.get(first),
        Some(Segment::Variable { reserved: true, .. })
    );
    let start = if contained {
        first
    } else {
        first.saturating_sub(1)
    };
    template.get(start..).unwrap_or_default()
}

/// The values by which the template is the whole of a name.
pub(super) fn in_name(template: &[Segment], name: &str, fits: Fits<'_>) -> Option<Values> {
    if name.len() > LONGEST {
        return None;
    }
    let path: Vec<String> = name.split('/').map(str::to_owned).collect();
    read(template, &path, fits, true)
}

/// The values by which the template is the end of a URL's path.
pub(super) fn in_link(template: &[Segment], link: &str, fits: Fits<'_>) -> Option<Values> {
    if link.len() > LONGEST {
        return None;
    }
    let (_, path) = link.split_once("://")?;
    let (_, path) = path.split_once('/')?;
    let path = path.split(['?', '#']).next()?;
    let decoded = |segment| {
        let text = percent_decode_str(segment).decode_utf8().ok()?;
        Some(text.into_owned())
    };
    let path: Vec<String> = path.split('/').map(decoded).collect::<Option<_>>()?;
    read(template, &path, fits, false)
}

fn read(template: &[Segment], path: &[String], fits: Fits<'_>, whole: bool) -> Option<Values> {
    let Some((last, template)) = template.split_last() else {
        return (!whole || path.is_empty()).then(Vec::new);
    };
    // How many segments this one may be: any number, if it is `{+x}`.
    let most = match last {
        Segment::Variable { reserved: true, .. } => path.len(),
        _ => 1,
    };
    (1..=most).find_map(|count| {
        let (rest, taken) = path.split_at_checked(path.len().checked_sub(count)?)?;
        let value = taken.join("/");
        let name = match *last {
            Segment::Literal(literal) => {
                return (literal == value)
                    .then(|| read(template, rest, fits, whole))
                    .flatten();
            }
            Segment::Variable { name, .. } => name,
        };
        let is_segment =
            |part: &String| !matches!(part.as_str(), "" | "." | "..") && !part.contains('/');
        if !taken.iter().all(is_segment) || !fits(name, &value) {
            return None;
        }
        let mut values = read(template, rest, fits, whole)?;
        values.push((name, value));
        Some(values)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONAL: &str = "projects/{project}/zones/{zone}/operations/{operation}";

    fn any(_: &str, _: &str) -> bool {
        true
    }

    fn link(template: &'static str, link: &str) -> Option<String> {
        let values = in_link(&segments(template)?, link, &any)?;
        Some(shown(&values))
    }

    fn name(template: &'static str, name: &str) -> Option<String> {
        let template = segments(template)?;
        let values = in_name(of_name(&template), name, &any)?;
        Some(shown(&values))
    }

    fn shown(values: &Values) -> String {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        values.join(" ")
    }

    #[test]
    fn a_link_ends_as_the_template_says() {
        let zonal = "https://h/compute/v1/projects/p:1/zones/z/operations/o?x=/y";
        assert_eq!(
            link(ZONAL, zonal).as_deref(),
            Some("project=p:1 zone=z operation=o")
        );
        assert_eq!(link("regions/{region}/operations/{operation}", zonal), None);
        assert_eq!(link("locations/global/operations/{operation}", zonal), None);
        assert_eq!(
            link("v1/{+name}", "https://h/v1/a/b%20c").as_deref(),
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
        assert_eq!(link("v1/{+name}", "https://h/v1/a/../b"), None);
    }

    #[test]
    fn a_name_has_the_values_after_the_version() {
        let apps = "v1/apps/{appsId}/operations/{operationsId}";
        assert_eq!(
            name(apps, "apps/a/operations/o").as_deref(),
            Some("appsId=a operationsId=o")
        );
        assert_eq!(name(apps, "projects/p/apps/a/operations/o"), None);
        assert_eq!(name(apps, "operations/o"), None);
        assert_eq!(
            name("v1/{+name}", "operations/o").as_deref(),
            Some("name=operations/o")
        );
    }

    #[test]
    fn a_template_of_other_parts_is_not_read() {
        assert_eq!(segments("v1/{+name}:get"), None);
        assert_eq!(name("v1/a-{b}", "a-b"), None);
    }

    #[test]
    fn a_pattern_bounds_what_has_no_bounds_of_its_own() {
        let template = segments("{+folder}/zones/{zone}").unwrap();
        let url = "https://h/x/folders/1/zones/z";
        let fits = |name: &str, value: &str| name != "folder" || value == "folders/1";
        let values = in_link(&template, url, &fits).unwrap();
        assert_eq!(shown(&values), "folder=folders/1 zone=z");
    }
}
