//! Request bodies.

use std::io::Read as _;

use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::api::{Api, Kind, Method, Schema};
use crate::failure::Failure;
use crate::set::Assignment;

/// Returns the JSON body that the flags describe, if the request has one.
pub(crate) fn json(
    api: &Api,
    method: &Method,
    matches: &ArgMatches,
) -> Result<Option<Value>, Failure> {
    let Some(request) = method.request.as_ref().filter(|request| !request.raw) else {
        return Ok(None);
    };
    let mut body = matches
        .get_one::<String>("body")
        .map(|text| {
            let text = String::from_utf8(content(text)?)
                .map_err(|_| Failure::invalid("--body: it is not UTF-8"))?;
            serde_json::from_str::<Value>(&text)
                .map_err(|error| Failure::invalid(format!("--body: it is not JSON: {error}")))
        })
        .transpose()?;
    let schema = Schema {
        kind: Kind::Reference(request.schema.clone()),
        ..Schema::default()
    };
    for assignment in assignments(matches)? {
        let body = body.get_or_insert(Value::Null);
        let set = assignment.apply(api, &schema, body);
        set.map_err(|problem| Failure::invalid(format!("--set {problem}")))?;
    }
    Ok(match body {
        None if !request.optional => Some(Map::new().into()),
        body => body,
    })
}

/// Returns the field mask of the fields that are set, if the method takes one and the flags do not.
pub(crate) fn update_mask(
    method: &Method,
    matches: &ArgMatches,
) -> Result<Option<String>, Failure> {
    let is_patch = method.call.verb == "PATCH";
    let takes = method
        .parameters
        .iter()
        .any(|parameter| parameter.name == "updateMask");
    if !is_patch || !takes || method.request.is_none() {
        return Ok(None);
    }
    let mut paths: Vec<&str> = Vec::new();
    for assignment in assignments(matches)? {
        if !paths.contains(&assignment.mask()) {
            paths.push(assignment.mask());
        }
    }
    Ok((!paths.is_empty()).then(|| paths.join(",")))
}

/// Returns the bytes that a flag names: `@FILE`, `-` for standard input, or the text itself.
pub(crate) fn content(text: &str) -> Result<Vec<u8>, Failure> {
    match text.strip_prefix('@') {
        Some(path) => std::fs::read(path)
            .map_err(|error| Failure::invalid(format!("cannot read {path}: {error}"))),
        None if text == "-" => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().read_to_end(&mut bytes);
            read.map_err(|error| Failure::invalid(format!("cannot read standard input: {error}")))?;
            Ok(bytes)
        }
        None => Ok(text.as_bytes().to_vec()),
    }
}

fn assignments(matches: &ArgMatches) -> Result<Vec<Assignment<'_>>, Failure> {
    let texts = matches.get_many::<String>("set").into_iter().flatten();
    let parsed = texts.map(|text| {
        Assignment::parse(text)
            .map_err(|problem| Failure::invalid(format!("--set {text}: {problem}")))
    });
    parsed.collect()
}
