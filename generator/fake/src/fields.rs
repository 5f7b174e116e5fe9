//! Partial responses: `fields=items(name,labels/env),nextPageToken`.

use std::collections::BTreeMap;

use discovery::{Schema, SchemaKind};
use serde_json::Value;

use crate::api::schemas::Schemas;
use crate::status::Failure;

/// The depth of a selection.
const MAX_DEPTH: usize = 32;

/// The selected fields; none for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Selection(BTreeMap<String, Selection>);

/// Removes the fields of a message that `fields` does not select.
pub(crate) fn select(
    schemas: Schemas<'_>,
    response: Option<&Schema>,
    fields: &str,
    message: &mut Value,
) -> Result<(), Failure> {
    let invalid = || Failure::invalid_field("fields", format!("Invalid field selection {fields}"));
    let mut rest = fields;
    let selection = parse(&mut rest, 0)
        .filter(|_| rest.is_empty())
        .ok_or_else(invalid)?;
    if let Some(response) = response {
        check(schemas, response, &selection)?;
    }
    cut(message, &selection);
    Ok(())
}

/// Parses selections up to a closing parenthesis or the end.
fn parse(rest: &mut &str, depth: usize) -> Option<Selection> {
    let mut selection = Selection::default();
    if depth > MAX_DEPTH {
        return None;
    }
    loop {
        let (path, mut inner) = path(rest, depth)?;
        for name in path.iter().skip(1).rev() {
            inner = Selection(BTreeMap::from([((*name).to_owned(), inner)]));
        }
        let name = (*path.first()?).to_owned();
        selection.0.entry(name).or_default().0.append(&mut inner.0);
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None => return Some(selection),
        }
    }
}

/// Parses `a/b/c`, and the selection in parentheses behind it.
fn path<'t>(rest: &mut &'t str, depth: usize) -> Option<(Vec<&'t str>, Selection)> {
    let text: &'t str = rest;
    let end = text.find([',', '(', ')']).unwrap_or(text.len());
    let (path, after) = text.split_at(end);
    *rest = after;
    let names: Vec<_> = path.trim().split('/').collect();
    if names.iter().any(|name| name.is_empty()) {
        return None;
    }
    let Some(after) = rest.strip_prefix('(') else {
        return Some((names, Selection::default()));
    };
    *rest = after;
    let inner = parse(rest, depth + 1)?;
    *rest = rest.strip_prefix(')')?;
    Some((names, inner))
}

/// Checks that a message has the selected fields.
fn check(schemas: Schemas<'_>, schema: &Schema, selection: &Selection) -> Result<(), Failure> {
    let mut schema = schemas.resolve_in(schema);
    while let Some(items) = schema.items.as_deref() {
        schema = schemas.resolve_in(items);
    }
    if schema.kind != SchemaKind::Object || schema.additional_properties.is_some() {
        return Ok(());
    }
    for (name, inner) in selection.0.iter().filter(|(name, _)| *name != "*") {
        let Some(property) = schema.properties.get(name) else {
            let text = format!("Invalid field selection {name}");
            return Err(Failure::invalid_field("fields", text));
        };
        check(schemas, property, inner)?;
    }
    Ok(())
}

fn cut(value: &mut Value, selection: &Selection) {
    match value {
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| cut(element, selection)),
        Value::Object(fields) if !selection.0.is_empty() => {
            let all = selection.0.get("*");
            fields.retain(|name, _| all.is_some() || selection.0.contains_key(name));
            for (name, field) in fields.iter_mut() {
                if let Some(inner) = selection.0.get(name).or(all) {
                    cut(field, inner);
                }
            }
        }
        _ => {}
    }
}
