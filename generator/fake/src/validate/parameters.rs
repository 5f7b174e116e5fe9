//! Parameters in path and query.

use std::collections::BTreeMap;

use discovery::{Document, Method, Parameter};

use super::body::excerpt;
use super::{Violations, scalar};
use crate::patterns::Patterns;

/// The parameters of a call by their names; the values of a repeated one in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters(BTreeMap<String, Vec<String>>);

impl Parameters {
    pub(crate) fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }

    /// Returns the last value of a parameter that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name)?.last()?;
        (!value.is_empty()).then_some(value.as_str())
    }

    /// Returns the values of a parameter.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns a parameter that is parsed.
    pub(crate) fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0
            .iter()
            .map(|(name, values)| (name.as_str(), values.as_slice()))
    }
}

/// Parameters that every service accepts, although some documents do not list them.
const COMMON: [&str; 14] = [
    "$.xgafv",
    "access_token",
    "alt",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_id",
    "upload_protocol",
    "userIp",
    "userProject",
];

/// Checks the parameters of a call to a method.
pub(crate) fn check(
    document: &Document,
    method: &Method,
    parameters: &Parameters,
    patterns: &Patterns,
    violations: &mut Violations,
) {
    for (name, values) in parameters.iter() {
        let plain = name.strip_prefix('$').unwrap_or(name);
        let known = method.parameters.get(name).or_else(|| {
            let common = &document.parameters;
            common.get(name).or_else(|| common.get(plain))
        });
        match known {
            Some(parameter) => value(name, parameter, values, patterns, violations),
            None if COMMON.contains(&name) || COMMON.contains(&plain) => {}
            None => unknown(name, violations),
        }
    }
    for (name, parameter) in &method.parameters {
        let is_absent = parameters.all(name).iter().all(String::is_empty);
        if parameter.is_required() && is_absent {
            violations.add(name, format!("Required parameter: {name}"));
        }
    }
}

fn unknown(name: &str, violations: &mut Violations) {
    let name = excerpt(name);
    let text = format!(
        "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. \
         Field '{name}' could not be found in request message."
    );
    violations.add(&name, text);
}

fn value(
    name: &str,
    parameter: &Parameter,
    values: &[String],
    patterns: &Patterns,
    violations: &mut Violations,
) {
    let schema = &parameter.schema;
    if values.len() > 1 && !parameter.repeated {
        violations.add(
            name,
            format!(
                "Parameter '{name}' is not repeated, but has {} values.",
                values.len()
            ),
        );
    }
    for value in values.iter().filter(|value| !value.is_empty()) {
        if let Some(expected) = scalar::text_misfit(schema, value) {
            let text = format!(
                "Invalid value at '{name}' ({expected}), \"{}\"",
                excerpt(value)
            );
            violations.add(name, text);
        }
        if let Some(pattern) = schema.pattern.as_deref()
            && !patterns.matches(pattern, value)
        {
            let text = format!(
                "Invalid value for '{name}': \"{}\" does not match '{pattern}'.",
                excerpt(value)
            );
            violations.add(name, text);
        }
    }
}
