//! Finding a resource, or its sample.

use serde_json::{Value, json};

use super::identity::Identity;
use super::sample;
use crate::call::Call;
use crate::state::State;
use crate::state::record::Record;
use crate::status::Failure;

/// Returns a record.
///
/// There is none, but no error, for a resource that no method could have added, while its collection is
/// empty.
pub(crate) fn existing<'s>(
    call: &Call<'_>,
    state: &'s State,
    key: &str,
) -> Result<Option<&'s Record>, Failure> {
    match state.get(key) {
        Some(record) => Ok(Some(record)),
        None => missing(call, state, key).map_or(Ok(None), Err),
    }
}

/// Returns the error for a resource that is not there, if it is one.
fn missing(call: &Call<'_>, state: &State, key: &str) -> Option<Failure> {
    let collection = call.collection()?;
    let parent = key.rsplit_once('/').map_or("", |(parent, _)| parent);
    let is_known = collection.is_filled || collection.operations.is_some();
    if !is_known && state.items(parent).next().is_none() {
        return None;
    }
    let path = call.relative(key);
    let mut item = json!({});
    if let Some(identity) = Identity::new(collection, call.api.schemas()) {
        identity.write(&mut item, path);
    }
    let name = item.get("name").and_then(Value::as_str);
    Some(Failure::not_found(name.unwrap_or(path)))
}

/// Returns a sample of the item with a key.
pub(crate) fn sample_of(call: &Call<'_>, key: &str) -> Option<Value> {
    let collection = call.collection()?;
    let schemas = call.api.schemas();
    let schema = schemas.get(collection.schema.as_deref()?)?;
    let mut item = sample::message(schemas, schema);
    Identity::new(collection, schemas)?.write(&mut item, call.relative(key));
    Some(item)
}
