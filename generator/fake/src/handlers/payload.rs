//! The item in a request: the body itself, or a field of it.

use serde_json::{Value, json};

use crate::call::Call;

/// The item in a request, and the mask of its fields.
#[derive(Debug)]
pub(crate) struct Payload {
    pub(crate) item: Value,
    pub(crate) mask: Option<String>,
}

/// Returns the item in the body of a call to a method of a collection.
pub(crate) fn of(call: &Call<'_>) -> Payload {
    let mask = call.parameters.get("updateMask");
    let masks = ["updateMask", "fieldMask"].map(|name| call.body.get(name).and_then(Value::as_str));
    let in_body = masks.into_iter().flatten().next();
    let request = call.served.method.request.as_ref();
    let schemas = call.api.schemas();
    let item = call
        .collection()
        .and_then(|collection| collection.schema.as_deref());
    let is_item = item.is_none() || schemas.name(request) == item;
    let field = match (is_item, request, item) {
        (false, Some(request), Some(item)) => schemas.property_of_type(request, item),
        _ => None,
    };
    let mask = mask
        .or(in_body.filter(|_| field.is_some()))
        .map(str::to_owned);
    let item = match field {
        Some(field) => call.body.get(field).cloned().unwrap_or(Value::Null),
        // Fields of another message are taken as far as the item has them.
        None if !is_item => known(call, item),
        None => call.body.clone(),
    };
    let item = if item.is_object() { item } else { json!({}) };
    Payload { item, mask }
}

/// Returns the fields of the body that the item has as well.
fn known(call: &Call<'_>, item: Option<&str>) -> Value {
    let schema = item.and_then(|name| call.api.schemas().get(name));
    let fields = call.body.as_object().into_iter().flatten();
    let known = fields.filter(|(name, _)| {
        schema.is_some_and(|schema| schema.properties.contains_key(name.as_str()))
    });
    known
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
