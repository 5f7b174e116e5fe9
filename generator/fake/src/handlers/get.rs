//! Reading one resource.

use serde_json::{Value, json};

use super::identity::Identity;
use super::{operations, preconditions, sample};
use crate::call::{Answer, Call};
use crate::state::State;
use crate::state::record::Record;
use crate::status::{Code, Failure};

/// Returns a resource, its media, or a sample where no method adds resources.
pub(crate) fn get(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.key();
    let key = state.find(&key).unwrap_or(key);
    if call
        .collection()
        .is_some_and(|collection| collection.operations.is_some())
    {
        operations::poll(state, &key);
    }
    let record = existing(call, state, &key)?;
    if record.is_some_and(|record| record.is_deleted && !says_deleted(&record.value)) {
        return Err(Failure::not_found(call.relative(&key)));
    }
    let Some(record) = record else {
        let mut answer = sample::answer(call);
        if let Some(item) = sample_of(call, &key).filter(|_| answer.media.is_none()) {
            answer.message = item;
        }
        return Ok(answer);
    };
    if call.parameters.get("alt") == Some("media") {
        let none = || Failure::new(Code::NotFound, "The resource has no media.");
        return record.media.clone().map(Answer::media).ok_or_else(none);
    }
    let mut answer = Answer::new(record.value.clone());
    if preconditions::is_known(call, &record.value) {
        answer.status = 304;
    }
    Ok(answer)
}

/// Returns the resource that a custom method acts on.
pub(crate) fn act(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.target_key();
    match existing(call, state, &key)? {
        Some(record) => Ok(Answer::new(record.value.clone())),
        None => Ok(sample_of(call, &key).map_or_else(|| sample::answer(call), Answer::sample)),
    }
}

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

/// Returns whether a deleted resource says so: others are not found until they are restored.
fn says_deleted(item: &Value) -> bool {
    let is_marked = ["deleteTime", "deleted"]
        .iter()
        .any(|name| item.get(name).is_some());
    is_marked
        || item["state"]
            .as_str()
            .is_some_and(|state| state.starts_with("DELETE"))
}
