//! Well-known schemas, recognised by their shape.

use discovery::{Schema, SchemaKind};

use crate::model::Shared;

/// Returns the runtime's type for this schema, if it has one.
pub(super) fn shared(schema: &Schema) -> Option<Shared> {
    if is_operation(schema) {
        Some(Shared::Operation)
    } else if is_status(schema) {
        Some(Shared::Status)
    } else {
        None
    }
}

/// Returns whether a schema becomes a struct; others become a newtype, an enum or an alias.
pub(super) fn is_struct(schema: &Schema) -> bool {
    schema.kind == SchemaKind::Object
        && (schema.additional_properties.is_none() || !schema.properties.is_empty())
}

/// Returns whether the schema is an object without fields: as a request an empty body, as a response
/// nothing.
pub(super) fn is_empty_object(schema: &Schema) -> bool {
    schema.kind == SchemaKind::Object
        && schema.properties.is_empty()
        && schema.additional_properties.is_none()
}

/// Recognises `google.api.HttpBody`: a request or response of any media type.
pub(super) fn is_http_body(schema: &Schema) -> bool {
    has_properties(schema, &["contentType", "data", "extensions"])
}

/// Recognises `google.longrunning.Operation`: <https://google.aip.dev/151>.
fn is_operation(schema: &Schema) -> bool {
    has_properties(schema, &["done", "error", "metadata", "name", "response"])
        && is_like_operation(schema)
}

/// Recognises messages with all the fields of `google.longrunning.Operation`, and perhaps more.
pub(super) fn is_like_operation(schema: &Schema) -> bool {
    has_kind(schema, "done", SchemaKind::Boolean)
        && has_kind(schema, "name", SchemaKind::String)
        && schema.properties.contains_key("error")
        && is_any_map(schema.properties.get("metadata"))
        && is_any_map(schema.properties.get("response"))
}

/// Recognises `google.rpc.Status`: <https://google.aip.dev/193>.
fn is_status(schema: &Schema) -> bool {
    has_properties(schema, &["code", "details", "message"])
        && has_kind(schema, "code", SchemaKind::Integer)
        && has_kind(schema, "message", SchemaKind::String)
        && schema
            .properties
            .get("details")
            .is_some_and(|details| is_any_map(details.items.as_deref()))
}

/// Returns whether the schema has exactly these properties, which are sorted.
fn has_properties(schema: &Schema, names: &[&str]) -> bool {
    schema
        .properties
        .keys()
        .map(String::as_str)
        .eq(names.iter().copied())
}

fn has_kind(schema: &Schema, property: &str, kind: SchemaKind) -> bool {
    let property = schema.properties.get(property);
    property.is_some_and(|property| property.kind == kind)
}

/// Recognises a JSON object with any values, the form of `google.protobuf.Any` in Discovery documents.
fn is_any_map(schema: Option<&Schema>) -> bool {
    schema
        .and_then(|schema| schema.additional_properties.as_deref())
        .is_some_and(|values| values.kind == SchemaKind::Any)
}
