//! Field masks of changes ([AIP-161](https://google.aip.dev/161)).

use discovery::{Schema, SchemaKind};
use serde_json::{Value, json};

use crate::api::schemas::{Schemas, is_output_only};
use crate::status::Failure;
use crate::validate::body::camel;

/// Copies the fields that a mask names.
pub(crate) fn apply(
    schemas: Schemas<'_>,
    schema: &Schema,
    mask: &str,
    current: &mut Value,
    item: &Value,
) -> Result<(), Failure> {
    for path in mask
        .split(',')
        .map(str::trim)
        .filter(|path| !path.is_empty())
    {
        let names: Vec<_> = path.split('.').map(|name| name.trim_matches('`')).collect();
        let Some(names) = known(schemas, schema, &names) else {
            let text = format!("Invalid field mask: the resource has no field '{path}'.");
            return Err(Failure::invalid_field("update_mask", text));
        };
        copy(current, item, &names);
    }
    Ok(())
}

/// Returns the path in the names of the document, if there is such a field; empty for one that only the
/// service sets.
fn known(schemas: Schemas<'_>, schema: &Schema, names: &[&str]) -> Option<Vec<String>> {
    let mut known = Vec::new();
    let mut schema = schemas.resolve_in(schema);
    for name in names {
        if let Some(values) = schema.additional_properties.as_deref() {
            known.push((*name).to_owned());
            schema = schemas.resolve_in(values);
            continue;
        }
        if matches!(schema.kind, SchemaKind::Any) {
            known.push((*name).to_owned());
            continue;
        }
        let name = match schema.properties.contains_key(*name) {
            true => (*name).to_owned(),
            false => camel(name),
        };
        let property = schema.properties.get(&name)?;
        if is_output_only(property) {
            return Some(Vec::new());
        }
        known.push(name);
        schema = schemas.resolve_in(property);
    }
    Some(known)
}

fn copy(current: &mut Value, item: &Value, names: &[String]) {
    let Some((first, rest)) = names.split_first() else {
        return;
    };
    let sent = item.get(first.as_str());
    if rest.is_empty() {
        match sent {
            Some(value) if !value.is_null() => current[first.as_str()] = value.clone(),
            _ => {
                current
                    .as_object_mut()
                    .and_then(|current| current.remove(first.as_str()));
            }
        }
        return;
    }
    let child = &mut current[first.as_str()];
    if !child.is_object() {
        *child = json!({});
    }
    copy(child, sent.unwrap_or(&Value::Null), rest);
}
