//! Reads schemas.

use super::cursor::{Cursor, Object};
use super::level::Level;
use crate::{EnumValue, Location, Problem, Schema, SchemaType};

/// Reads a schema, and those within it.
pub(super) fn schema(cursor: Cursor<'_>) -> Schema {
    cursor
        .object(Level::Schema)
        .map(|object| members(object, Level::Schema))
        .unwrap_or_default()
}

/// Reads the schema of a request, which can carry a hint more.
pub(super) fn request(cursor: Cursor<'_>) -> Schema {
    cursor
        .object(Level::Request)
        .map(|object| members(object, Level::Request))
        .unwrap_or_default()
}

/// Reads a parameter: a schema that also says where the value goes.
pub(super) fn parameter(cursor: Cursor<'_>) -> Schema {
    let Some(mut object) = cursor.object(Level::Parameter) else {
        return Schema::default();
    };
    let location = object.need("location");
    let location = location.and_then(|cursor| cursor.one_of(&Location::ALL, Location::as_str));
    let required = object.flag("required");
    let repeated = object.flag("repeated");
    Schema {
        location,
        required,
        repeated,
        ..members(object, Level::Parameter)
    }
}

fn members(mut object: Object<'_>, level: Level) -> Schema {
    check_shape(&mut object);
    let kind = object.take("type");
    let kind = kind.and_then(|cursor| cursor.one_of(&SchemaType::ALL, SchemaType::as_str));
    let read = Schema {
        kind,
        id: object.optional("id"),
        reference: object.optional("$ref"),
        format: object.optional("format"),
        description: object.text("description"),
        items: object.take("items").map(|cursor| Box::new(schema(cursor))),
        properties: object.map("properties", schema),
        additional_properties: object
            .take("additionalProperties")
            .map(|cursor| Box::new(schema(cursor))),
        values: values(&mut object),
        default: object.optional("default"),
        pattern: object.optional("pattern"),
        minimum: object.optional("minimum"),
        maximum: object.optional("maximum"),
        read_only: object.flag("readOnly"),
        deprecated: object.flag("deprecated"),
        required_in: if level == Level::Parameter {
            Vec::new()
        } else {
            required_in(&mut object)
        },
        required: false,
        repeated: false,
        location: None,
    };
    if read.kind == Some(SchemaType::Array) && read.items.is_none() {
        object.error(
            "the array has no `items`",
            "give it the schema of its elements",
        );
    }
    object.finish();
    read
}

fn check_shape(object: &mut Object<'_>) {
    let help = "a schema has exactly one of them";
    match (object.has("type"), object.has("$ref")) {
        (true, true) => object.error("the schema has both `type` and `$ref`", help),
        (false, false) => object.error("the schema has neither `type` nor `$ref`", help),
        _ => {}
    }
}

/// `enum`, with the lists that run parallel to it.
fn values(object: &mut Object<'_>) -> Vec<EnumValue> {
    let names = object.texts("enum");
    let mut descriptions = parallel(object, "enumDescriptions", names.len(), |cursor| {
        cursor.string()
    });
    let mut deprecated = parallel(object, "enumDeprecated", names.len(), |cursor| {
        cursor.boolean()
    });
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
        let warning = Problem::warning(object.place(&[key]), message);
        object.push(warning.with_help("they are matched from the first on"));
    }
    list.into_iter()
}

fn required_in(object: &mut Object<'_>) -> Vec<String> {
    let annotations = object.take("annotations");
    let Some(mut annotations) = annotations.and_then(|cursor| cursor.object(Level::Annotations))
    else {
        return Vec::new();
    };
    let required = annotations.texts("required");
    annotations.finish();
    required
}
