//! Reading one resource.

use serde_json::Value;

use super::lookup::{existing, sample_of};
use super::{operations, preconditions, sample};
use crate::call::{Answer, Call};
use crate::state::State;
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
