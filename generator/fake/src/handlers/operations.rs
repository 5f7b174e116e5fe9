//! Long-running operations ([AIP-151](https://google.aip.dev/151)), and those of Compute Engine.

mod message;
mod place;

use serde_json::json;

use super::change::{Change, apply};
use super::lookup::existing;
use crate::api::schemas::OperationForm;
use crate::call::{Answer, Call};
use crate::state::State;
use crate::state::record::{Pending, Record};
use crate::status::{Code, Failure};
use message::Messages;

/// Starts an operation that makes a change.
pub(crate) fn begin(
    call: &Call<'_>,
    state: &mut State,
    form: OperationForm,
    change: Change,
) -> Result<Answer, Failure> {
    Ok(launch(call, state, form, Some(change)))
}

/// Starts an operation that changes nothing.
pub(crate) fn start(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let schemas = call.api.schemas();
    let name = schemas.name(call.served.method.response.as_ref());
    let form = name.and_then(|name| schemas.operation(name));
    Ok(launch(
        call,
        state,
        form.unwrap_or(OperationForm::Aip),
        None,
    ))
}

fn launch(
    call: &Call<'_>,
    state: &mut State,
    form: OperationForm,
    change: Option<Change>,
) -> Answer {
    let id = operation_id(form, state);
    let target = change
        .as_ref()
        .map_or_else(|| call.target_key(), |change| change.key.clone());
    let place = place::find(call, &target, &id);
    let messages = Messages::new(call, form, &place, &target, change.as_ref());
    let running = messages.running(&mut state.serial);
    let done = messages.done(&running, &mut state.serial);
    if call.flag("validateOnly") {
        return Answer::new(done);
    }
    let changed = change.as_ref().map(|change| change.key.clone());
    let polls = call.settings.operation_polls;
    let effect = change.map(|change| (change.key, change.record.map(Box::new)));
    let pending = Pending {
        polls,
        done,
        effect,
    };
    let mut record = Record {
        pending: Some(pending),
        ..Record::new(running)
    };
    if polls == 0 || place.key.is_none() {
        complete(state, &mut record);
    }
    if let Some(key) = &place.key {
        state.put(key, record.clone());
    }
    Answer {
        changed,
        ..Answer::new(record.value)
    }
}

/// Counts a poll, and completes the operation after the last one.
pub(crate) fn poll(state: &mut State, key: &str) {
    let Some(mut record) = state.get(key).cloned() else {
        return;
    };
    match &mut record.pending {
        None => return,
        Some(pending) if pending.polls > 0 => pending.polls -= 1,
        Some(_) => complete(state, &mut record),
    }
    state.put(key, record);
}

/// Completes an operation, and returns it.
pub(crate) fn wait(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.target_key();
    let Some(mut record) = existing(call, state, &key)?.cloned() else {
        return Err(Failure::not_found(call.relative(&key)));
    };
    if record.pending.is_some() {
        complete(state, &mut record);
        state.put(&key, record.clone());
    }
    Ok(Answer::new(record.value))
}

/// Cancels an operation that runs. One that is done stays as it is.
pub(crate) fn cancel(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.target_key();
    let Some(mut record) = existing(call, state, &key)?.cloned() else {
        return Err(Failure::not_found(call.relative(&key)));
    };
    if record.pending.take().is_some() {
        message::cancelled(&mut record.value, Code::Cancelled.number());
        state.put(&key, record.clone());
    }
    let response = call.served.method.response.as_ref();
    let is_operation = call
        .api
        .schemas()
        .name(response)
        .is_some_and(|name| call.api.schemas().operation(name).is_some());
    Ok(Answer::new(if is_operation {
        record.value
    } else {
        json!({})
    }))
}

fn complete(state: &mut State, record: &mut Record) {
    if let Some(pending) = record.pending.take() {
        record.value = pending.done;
        if let Some((key, changed)) = pending.effect {
            apply(state, &key, changed.map(|record| *record));
        }
    }
}

fn operation_id(form: OperationForm, state: &mut State) -> String {
    let id = state.serial.id();
    match form {
        OperationForm::Aip => id,
        OperationForm::Status => format!("operation-{id}"),
    }
}
