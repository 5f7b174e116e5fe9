//! Checks that the variables of a method's paths and its parameters agree.

use std::collections::{BTreeMap, BTreeSet};

use super::cursor::{Fault, Object};
use crate::problem::quoted;
use crate::template::Template;
use crate::{Location, MediaUpload, Parameter};

/// The parameters of a method by name. A parameter that cannot be read has been reported.
pub(super) type Parameters = BTreeMap<String, Option<Parameter>>;

/// Parses a path template.
pub(super) fn template(text: &str) -> Result<Template, Fault> {
    Template::parse(text).map_err(|error| {
        let message = format!("the path template {} is malformed: {error}", quoted(text));
        let help =
            "a path is literal text, `{variable}`, `{+variable}`, and one `:verb` at the end";
        (message, help.to_owned())
    })
}

/// Checks that every variable of the path is a path parameter, and the other way round.
pub(super) fn check_path(method: &mut Object<'_>, path: &Template, parameters: &Parameters) {
    check_variables(method, "/path", path, parameters);
    let variables: BTreeSet<_> = path.variables().map(|(name, _)| name).collect();
    for (name, parameter) in parameters {
        let Some(parameter) = parameter else {
            continue;
        };
        let (message, help) = match (parameter.location, variables.contains(name.as_str())) {
            (Location::Path, false) => (
                format!(
                    "the path has no variable for the parameter {}",
                    quoted(name)
                ),
                "add the variable to the path, or set `\"location\": \"query\"`",
            ),
            (Location::Query, true) => (
                format!("the parameter {} is a variable of the path", quoted(name)),
                "set `\"location\": \"path\"`",
            ),
            (Location::Path, true) if parameter.repeated => (
                format!("the path parameter {} is repeated", quoted(name)),
                "a path has one value for each variable; remove `repeated`",
            ),
            _ => continue,
        };
        let all = method.at.key("parameters");
        method.problems.error(all.key(name), message, help);
    }
}

/// Checks that every variable of an upload path is a parameter.
pub(super) fn check_uploads(
    method: &mut Object<'_>,
    upload: &MediaUpload,
    parameters: &Parameters,
) {
    let simple = "/mediaUpload/protocols/simple/path";
    let resumable = "/mediaUpload/protocols/resumable/path";
    for (place, protocol) in [(simple, &upload.simple), (resumable, &upload.resumable)] {
        if let Some(protocol) = protocol {
            check_variables(method, place, &protocol.path, parameters);
        }
    }
}

fn check_variables(
    method: &mut Object<'_>,
    place: &str,
    template: &Template,
    parameters: &Parameters,
) {
    let missing = template
        .variables()
        .filter(|(name, _)| !parameters.contains_key(*name));
    for (name, _) in missing {
        let message = format!("the path variable {} has no parameter", quoted(name));
        let help = "add it to `parameters`, with `\"location\": \"path\"`";
        method.problems.error(method.at.join(place), message, help);
    }
}
