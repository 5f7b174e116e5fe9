//! Changing a resource ([AIP-134](https://google.aip.dev/134)).

use discovery::Schema;
use serde_json::{Map, Value, json};

use super::change::Change;
use super::create::new_record;
use super::finish::finish;
use super::identity::Identity;
use super::lookup::{existing, sample_of};
use super::payload::Payload;
use super::{mask, output, payload, preconditions};
use crate::api::schemas::is_output_only;
use crate::call::{Answer, Call};
use crate::state::State;
use crate::state::record::Record;
use crate::status::Failure;

/// Changes parts of a resource: those of its mask, or those that the request has.
pub(crate) fn patch(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let Payload { item, mask } = payload::of(call);
    let declares_mask = call.served.method.parameters.contains_key("updateMask");
    change(call, state, item, |current, item, schema| {
        match mask.as_deref() {
            Some("*") => {
                replace(current, item, schema);
                Ok(())
            }
            Some(paths) => mask::apply(call.api.schemas(), schema, paths, current, item),
            None if declares_mask => {
                for (name, value) in item.as_object().into_iter().flatten() {
                    current[name.as_str()] = value.clone();
                }
                Ok(())
            }
            None => {
                merge(current, item);
                Ok(())
            }
        }
    })
}

/// Replaces a resource, except for what only the service sets.
pub(crate) fn update(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let Payload { item, mask } = payload::of(call);
    change(call, state, item, |current, item, schema| {
        match mask.as_deref() {
            Some(paths) if paths != "*" => {
                mask::apply(call.api.schemas(), schema, paths, current, item)
            }
            _ => {
                replace(current, item, schema);
                Ok(())
            }
        }
    })
}

fn change(
    call: &Call<'_>,
    state: &mut State,
    item: Value,
    edit: impl FnOnce(&mut Value, &Value, &Schema) -> Result<(), Failure>,
) -> Result<Answer, Failure> {
    let key = call.key();
    let collection = call.collection();
    let is_put = collection.is_some_and(|collection| collection.is_filled && !collection.has_post);
    if state.get(&key).is_none() && (is_put || call.flag("allowMissing")) {
        let record = Some(new_record(call, state, item, &key));
        return finish(call, state, Change { key, record });
    }
    let mut record = match existing(call, state, &key)? {
        Some(record) => record.clone(),
        None => Record::new(sample_of(call, &key).unwrap_or_else(|| json!({}))),
    };
    preconditions::check(call, &record.value, &item)?;
    let schemas = call.api.schemas();
    let response = schemas.name(call.served.method.response.as_ref());
    let name = collection
        .and_then(|collection| collection.schema.as_deref())
        .or(response);
    let unknown = Schema::default();
    let schema = name.and_then(|name| schemas.get(name)).unwrap_or(&unknown);
    edit(&mut record.value, &item, schema)?;
    remove_nulls(&mut record.value);
    // A change does not rename the resource.
    let identity = collection.and_then(|collection| Identity::new(collection, schemas));
    if let Some(identity) = identity.filter(|_| record.value.is_object()) {
        identity.write(&mut record.value, call.relative(&key));
    }
    output::touched(schema, &mut record.value, &mut state.serial);
    if let Some(media) = &call.media {
        output::measured(schema, &mut record.value, media);
        record.media = Some(media.clone());
    }
    let record = Some(record);
    finish(call, state, Change { key, record })
}

/// Replaces all fields that callers set.
fn replace(current: &mut Value, item: &Value, schema: &Schema) {
    let is_own = |name: &str| {
        schema.properties.get(name).is_some_and(is_output_only) || output::is_set_by_service(name)
    };
    let fields = current.as_object().into_iter().flatten();
    let own = fields.filter(|(name, _)| is_own(name));
    let sent = item.as_object().into_iter().flatten();
    let replaced: Map<String, Value> = own
        .chain(sent)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    *current = Value::Object(replaced);
}

/// Merges by [RFC 7396](https://www.rfc-editor.org/rfc/rfc7396): null removes a field.
fn merge(current: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *current = patch.clone();
        return;
    };
    if !current.is_object() {
        *current = json!({});
    }
    for (name, value) in patch {
        if value.is_null() {
            current
                .as_object_mut()
                .and_then(|current| current.remove(name));
        } else {
            merge(&mut current[name.as_str()], value);
        }
    }
}

fn remove_nulls(item: &mut Value) {
    if let Value::Object(fields) = item {
        fields.retain(|_, value| !value.is_null());
    }
}
