//! Checks that the variables of a method's paths and its parameters agree.

use std::collections::{BTreeMap, BTreeSet};

use super::cursor::Object;
use crate::problem::quoted;
use crate::template::{Template, TemplateError};
use crate::{Location, Method, Problem, Schema, UploadProtocol};

/// The message and the help for a text that is no template.
pub(super) fn malformed(text: &str, error: &TemplateError) -> (String, String) {
    let help = "a path is literal text, `{variable}`, `{+variable}`, and one `:verb` at the end";
    (
        format!("the path template {} is malformed: {error}", quoted(text)),
        help.to_owned(),
    )
}

/// Every variable of the path is a path parameter, and the other way round.
pub(super) fn check_path(
    method: &mut Object<'_>,
    path: &Template,
    parameters: &BTreeMap<String, Schema>,
) {
    check_variables(method, &["path"], path, parameters);
    let variables: BTreeSet<_> = path.variables().map(|(name, _)| name).collect();
    for (name, parameter) in parameters {
        let (message, help) = match (parameter.location, variables.contains(name.as_str())) {
            (Some(Location::Path), false) => (
                format!(
                    "the path has no variable for the parameter {}",
                    quoted(name)
                ),
                "add the variable to the path, or say `\"location\": \"query\"`",
            ),
            (Some(Location::Query), true) => (
                format!("the parameter {} is a variable of the path", quoted(name)),
                "say `\"location\": \"path\"`",
            ),
            (Some(Location::Path), true) if parameter.repeated => (
                format!("the path parameter {} is repeated", quoted(name)),
                "a path has one value for each variable; remove `repeated`",
            ),
            _ => continue,
        };
        let place = method.place(&["parameters", name]);
        method.push(Problem::error(place, message).with_help(help));
    }
}

/// Every variable of an upload path is a parameter.
pub(super) fn check_uploads(object: &mut Object<'_>, method: &Method) {
    let Some(upload) = &method.media_upload else {
        return;
    };
    let template = |protocol: &UploadProtocol| {
        protocol
            .path
            .strip_prefix('/')
            .and_then(|path| Template::parse(path).ok())
    };
    for (name, protocol) in [("simple", &upload.simple), ("resumable", &upload.resumable)] {
        if let Some(template) = protocol.as_ref().and_then(template) {
            let path = ["mediaUpload", "protocols", name, "path"];
            check_variables(object, &path, &template, &method.parameters);
        }
    }
}

fn check_variables(
    method: &mut Object<'_>,
    place: &[&str],
    template: &Template,
    parameters: &BTreeMap<String, Schema>,
) {
    let missing = template
        .variables()
        .filter(|(name, _)| !parameters.contains_key(*name));
    for (name, _) in missing {
        let message = format!("the path variable {} has no parameter", quoted(name));
        let help = "add it to `parameters`, with `\"location\": \"path\"`";
        method.push(Problem::error(method.place(place), message).with_help(help));
    }
}
