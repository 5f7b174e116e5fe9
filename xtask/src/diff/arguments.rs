//! The arguments of a method.

use generator::surface::{Body, Location, Method};
use serde_json::{Value, json};

use super::facts;

/// Returns all facts about the arguments but for their names, which callers do not write, their
/// patterns, and the variables of the path, which the path itself has.
pub(super) fn facts(method: &Method) -> Value {
    let arguments = method.arguments.iter().map(|argument| {
        let mut facts = facts::tree(argument);
        if let Some(facts) = facts.as_object_mut() {
            facts.retain(|key, _| match key.as_str() {
                "name" | "pattern" => false,
                "wire" => argument.location != Location::Path,
                _ => true,
            });
        }
        facts
    });
    let mut body = facts::tree(&required(method));
    if let Some(body) = body.as_object_mut() {
        body.remove("name");
    }
    json!({"arguments": arguments.collect::<Vec<_>>(), "body": body})
}

/// Returns the request body if it is an argument.
fn required(method: &Method) -> Option<&Body> {
    method.body.as_ref().filter(|body| !body.optional)
}

/// Returns the types, by which the compiler checks a call.
pub(super) fn types(method: &Method) -> Vec<String> {
    let arguments = method.arguments.iter();
    let arguments = arguments.map(|argument| several(&argument.ty, argument.repeated));
    arguments
        .chain(required(method).map(|body| body.ty.clone()))
        .collect()
}

/// The type of an argument that takes one value or several.
pub(super) fn several(ty: &str, repeated: bool) -> String {
    match repeated {
        true => format!("[{ty}]"),
        false => ty.to_owned(),
    }
}

/// Returns the names: `(parent, request)`.
pub(super) fn names(method: &Method) -> String {
    let arguments = method.arguments.iter();
    let names = arguments.map(|argument| argument.name.as_str());
    let body = required(method).map(|body| body.name.as_str());
    format!("({})", names.chain(body).collect::<Vec<_>>().join(", "))
}

/// Returns the declarations: `(parent: String, request: schemas::App)`; with the names of query
/// parameters if `in_query`.
pub(super) fn declarations(method: &Method, in_query: bool) -> String {
    let arguments = method.arguments.iter().map(|argument| {
        let ty = several(&argument.ty, argument.repeated);
        let declared = format!("{}: {ty}", argument.name);
        match argument.location {
            Location::Query if in_query => format!("{declared} as ?{}=", argument.wire),
            _ => declared,
        }
    });
    let body = required(method).map(|body| format!("{}: {}", body.name, body.ty));
    format!("({})", arguments.chain(body).collect::<Vec<_>>().join(", "))
}
