//! Removing a resource ([AIP-135](https://google.aip.dev/135)) and restoring it
//! ([AIP-164](https://google.aip.dev/164)).

use serde_json::{Value, json};

use super::change::Change;
use super::finish::finish;
use super::lookup::existing;
use super::{output, preconditions};
use crate::call::{Answer, Call};
use crate::state::State;
use crate::state::record::Record;
use crate::status::{Code, Failure};

/// Removes a resource, or marks it as deleted where it can be restored.
pub(crate) fn delete(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.key();
    let allows_missing = call.flag("allowMissing");
    let record = match existing(call, state, &key) {
        Ok(record) => record.cloned(),
        Err(_) if allows_missing => None,
        Err(error) => return Err(error),
    };
    let Some(record) = record else {
        return finish(call, state, Change { key, record: None });
    };
    preconditions::check(call, &record.value, &Value::Null)?;
    let can_force = call.served.method.parameters.contains_key("force");
    let has_children = state.with_prefix(&format!("{key}/")).next().is_some();
    if can_force && has_children && !call.flag("force") {
        let text = "The resource has others beneath it: delete them first, or set `force`.";
        return Err(Failure::new(Code::FailedPrecondition, text));
    }
    if !call
        .collection()
        .is_some_and(|collection| collection.has_undelete)
    {
        return finish(call, state, Change { key, record: None });
    }
    if record.is_deleted {
        return Err(Failure::not_found(call.relative(&key)));
    }
    set_deleted(call, state, key, record, true)
}

/// Restores a resource that was marked as deleted.
pub(crate) fn undelete(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.target_key();
    let Some(record) = existing(call, state, &key)?.cloned() else {
        return finish(call, state, Change { key, record: None });
    };
    if !record.is_deleted {
        return Err(Failure::new(
            Code::AlreadyExists,
            "The resource is not deleted.",
        ));
    }
    set_deleted(call, state, key, record, false)
}

/// Marks a resource as deleted, or as restored.
fn set_deleted(
    call: &Call<'_>,
    state: &mut State,
    key: String,
    mut record: Record,
    is_deleted: bool,
) -> Result<Answer, Failure> {
    record.is_deleted = is_deleted;
    mark(call, state, &mut record, is_deleted);
    let record = Some(record);
    finish(call, state, Change { key, record })
}

/// Sets the fields that say whether a resource is deleted.
fn mark(call: &Call<'_>, state: &mut State, record: &mut Record, is_deleted: bool) {
    let collection = call.collection();
    let name = collection.and_then(|collection| collection.schema.as_deref());
    let Some(schema) = name.and_then(|name| call.api.schemas().get(name)) else {
        return;
    };
    let has = |name: &str| schema.properties.contains_key(name);
    if has("deleted") {
        record.value["deleted"] = json!(is_deleted);
    }
    if let (Some(item), false) = (record.value.as_object_mut(), is_deleted) {
        item.remove("deleteTime");
        item.remove("expireTime");
    } else if has("deleteTime") {
        record.value["deleteTime"] = json!(state.serial.time());
    }
    let states = schema
        .properties
        .get("state")
        .map_or(&[][..], |state| &state.values);
    let names = ["DELETED", "DELETE_REQUESTED"];
    let deleted = states
        .iter()
        .find(|value| names.contains(&value.name.as_str()));
    let usable = states.iter().find(|value| value.name == "ACTIVE");
    if let Some(value) = if is_deleted { deleted } else { usable } {
        record.value["state"] = json!(value.name);
    }
    output::touched(schema, &mut record.value, &mut state.serial);
}
