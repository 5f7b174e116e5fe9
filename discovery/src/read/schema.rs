//! Reads schemas and parameters.

use std::collections::BTreeMap;

use super::cursor::{Cursor, Object};
use super::variables::Parameters;
use crate::{EnumValue, Location, Parameter, Schema, SchemaKind};

/// Reads a schema, and those within it.
pub(super) fn schema(cursor: Cursor<'_>) -> Schema {
    schema_with(&[], cursor.object("schema"))
}

/// Reads the schema of a request.
pub(super) fn request(cursor: Cursor<'_>) -> Schema {
    let reason = "the name of an argument in clients of other languages";
    schema_with(&[("parameterName", reason)], cursor.object("request"))
}

/// Reads the `parameters` of an object.
pub(super) fn parameters(object: &mut Object<'_>) -> Parameters {
    object.map("parameters", parameter)
}

/// Returns the parameters that could be read.
pub(super) fn readable(parameters: Parameters) -> BTreeMap<String, Parameter> {
    let parameters = parameters.into_iter();
    let readable = parameters.filter_map(|(name, parameter)| Some((name, parameter?)));
    readable.collect()
}

fn parameter(cursor: Cursor<'_>) -> Option<Parameter> {
    let mut object = cursor.object("parameter")?;
    let location = object.need("location");
    let location = location.and_then(|cursor| cursor.one_of(&Location::ALL));
    let required = object.flag("required");
    let repeated = object.flag("repeated");
    let schema = members(&mut object);
    object.finish();
    Some(Parameter {
        location: location?,
        required,
        repeated,
        schema,
    })
}

/// Reads a schema, except for the members that a client does not need.
fn schema_with(ignored: &[(&str, &str)], object: Option<Object<'_>>) -> Schema {
    let Some(mut object) = object else {
        return Schema::default();
    };
    let mut read = members(&mut object);
    read.required_in = required_in(&mut object);
    object.ignore(ignored);
    object.finish();
    read
}

/// Reads everything but annotations.
fn members(object: &mut Object<'_>) -> Schema {
    let read = Schema {
        kind: kind(object),
        id: object.optional("id"),
        format: object.optional("format"),
        description: object.text("description"),
        items: object.take("items").map(|cursor| Box::new(schema(cursor))),
        properties: object.map("properties", schema),
        additional_properties: object
            .take("additionalProperties")
            .map(|cursor| Box::new(schema(cursor))),
        values: values(object),
        default: object.optional("default"),
        pattern: object.optional("pattern"),
        minimum: object.optional("minimum"),
        maximum: object.optional("maximum"),
        read_only: object.flag("readOnly"),
        deprecated: object.flag("deprecated"),
        required_in: Vec::new(),
    };
    if read.kind == SchemaKind::Array && read.items.is_none() {
        let help = "give it the schema of its elements";
        object
            .problems
            .error(object.at, "the array has no `items`", help);
    }
    read
}

/// Reads `type` or `$ref`.
fn kind(object: &mut Object<'_>) -> SchemaKind {
    let (has_type, has_reference) = (object.has("type"), object.has("$ref"));
    let help = "a schema has exactly one of them";
    let mut error = |message| object.problems.error(object.at, message, help);
    match (has_type, has_reference) {
        (true, true) => error("the schema has both `type` and `$ref`"),
        (false, false) => error("the schema has neither `type` nor `$ref`"),
        _ => {}
    }
    let kind = object.take("type");
    let kind = kind.and_then(|cursor| cursor.one_of(&SchemaKind::TYPES));
    let reference = object.optional("$ref").map(SchemaKind::Reference);
    reference.or(kind).unwrap_or_default()
}

/// Reads `enum`, with the lists parallel to it.
fn values(object: &mut Object<'_>) -> Vec<EnumValue> {
    let names = object.texts("enum");
    let count = names.len();
    let mut descriptions = parallel(object, "enumDescriptions", count, |cursor| cursor.string());
    let mut deprecated = parallel(object, "enumDeprecated", count, |cursor| cursor.boolean());
    let value = |name| EnumValue {
        name,
        description: descriptions.next().unwrap_or_default(),
        deprecated: deprecated.next().unwrap_or_default(),
    };
    names.into_iter().map(value).collect()
}

fn parallel<T>(
    object: &mut Object<'_>,
    key: &str,
    names: usize,
    read: fn(Cursor<'_>) -> Option<T>,
) -> std::vec::IntoIter<T> {
    let present = object.has(key);
    let list = object.list(key, read);
    if present && list.len() != names {
        let message = format!("`enum` has {names} values, `{key}` has {}", list.len());
        let help = "they are matched in order";
        object.problems.warning(object.at.key(key), message, help);
    }
    list.into_iter()
}

fn required_in(object: &mut Object<'_>) -> Vec<String> {
    let annotations = object.take("annotations");
    let annotations = annotations.and_then(|cursor| cursor.object("set of annotations"));
    let Some(mut annotations) = annotations else {
        return Vec::new();
    };
    let required = annotations.texts("required");
    annotations.finish();
    required
}
