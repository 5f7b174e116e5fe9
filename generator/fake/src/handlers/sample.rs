//! Samples of messages.

use discovery::{Schema, SchemaKind};
use serde_json::{Map, Value, json};

use crate::api::schemas::Schemas;
use crate::call::{Answer, Call};
use crate::state::record::Media;

/// The depth below which samples have no messages.
const MAX_DEPTH: usize = 3;

/// Fields that a sample leaves out: they would begin another page, or report a failure.
const LEFT_OUT: [&str; 5] = ["nextPageToken", "nextLink", "error", "errors", "warnings"];

/// Returns a sample of the method's response.
pub(crate) fn answer(call: &Call<'_>) -> Answer {
    if call.parameters.get("alt") == Some("media") {
        let media = Media {
            content_type: "application/octet-stream".to_owned(),
            content: "sample".into(),
        };
        return Answer {
            is_sample: true,
            ..Answer::media(media)
        };
    }
    let response = call.served.method.response.as_ref();
    let message = response.map_or_else(
        || json!({}),
        |response| message(call.api.schemas(), response),
    );
    Answer::sample(message)
}

/// Returns a sample of a message as a service returns it.
pub(crate) fn message(schemas: Schemas<'_>, schema: &Schema) -> Value {
    value(schemas, schema, "value", 0)
}

fn value(schemas: Schemas<'_>, schema: &Schema, name: &str, depth: usize) -> Value {
    let schema = schemas.resolve_in(schema);
    match schema.kind {
        SchemaKind::Object => Value::Object(object(schemas, schema, depth)),
        SchemaKind::Array => match schema.items.as_deref() {
            Some(items) if depth <= MAX_DEPTH => json!([value(schemas, items, name, depth + 1)]),
            _ => json!([]),
        },
        SchemaKind::Any | SchemaKind::Reference(_) => json!({}),
        _ => scalar(schema, name),
    }
}

fn object(schemas: Schemas<'_>, schema: &Schema, depth: usize) -> Map<String, Value> {
    let mut object = Map::new();
    if depth > MAX_DEPTH {
        return object;
    }
    if let Some(values) = schema.additional_properties.as_deref() {
        let is_any = schemas.resolve_in(values).kind == SchemaKind::Any;
        let (key, value) = if is_any {
            ("@type", json!("type.googleapis.com/google.protobuf.Struct"))
        } else {
            ("key", value(schemas, values, "value", depth + 1))
        };
        object.insert(key.to_owned(), value);
    }
    for (name, property) in &schema.properties {
        if !LEFT_OUT.contains(&name.as_str()) {
            object.insert(name.clone(), value(schemas, property, name, depth + 1));
        }
    }
    object
}

/// Returns a scalar that fits the schema.
pub(crate) fn scalar(schema: &Schema, name: &str) -> Value {
    if let Some(value) = &schema.default
        && matches!(schema.kind, SchemaKind::String)
    {
        return json!(value);
    }
    let named = schema
        .values
        .iter()
        .find(|value| !value.name.ends_with("_UNSPECIFIED"));
    if let Some(value) = named.or(schema.values.first()) {
        return json!(value.name);
    }
    let minimum = schema
        .minimum
        .as_deref()
        .and_then(|text| text.parse::<i64>().ok());
    let number = minimum.unwrap_or(1).max(1);
    match (&schema.kind, schema.format.as_deref()) {
        (SchemaKind::Boolean, _) => json!(true),
        (SchemaKind::Integer | SchemaKind::Number, _) => json!(number),
        (_, Some("int64" | "uint64")) => json!(number.to_string()),
        (_, Some("byte")) => json!("c2FtcGxl"),
        (_, Some("google-datetime" | "date-time")) => json!("2025-01-01T00:00:00Z"),
        (_, Some("google-duration")) => json!("1s"),
        (_, Some("google-fieldmask")) => json!(""),
        (_, Some("date")) => json!("2025-01-01"),
        _ => json!(name),
    }
}
