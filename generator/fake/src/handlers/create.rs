//! Adding a resource ([AIP-133](https://google.aip.dev/133)).

use serde_json::Value;

use super::change::Change;
use super::finish::finish;
use super::identity::Identity;
use super::{output, payload, sample};
use crate::call::{Answer, Call};
use crate::state::State;
use crate::state::record::Record;
use crate::status::{Code, Failure};

/// Adds an item to the collection that the path names.
pub(crate) fn create(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    add(call, state, payload::of(call).item)
}

/// Adds a sample of an item: the service would make it from the request.
pub(crate) fn produce(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let schemas = call.api.schemas();
    let name = call
        .collection()
        .and_then(|collection| collection.schema.as_deref());
    let schema = name
        .and_then(|name| schemas.get(name))
        .ok_or_else(no_collection)?;
    let mut item = sample::message(schemas, schema);
    if let Some(fields) = item.as_object_mut() {
        // Names and times are the service's own.
        fields.retain(|name, _| name != "name" && !output::is_set_by_service(name));
    }
    add(call, state, item)
}

fn add(call: &Call<'_>, state: &mut State, item: Value) -> Result<Answer, Failure> {
    let collection = call.collection().ok_or_else(no_collection)?;
    let identity = Identity::new(collection, call.api.schemas()).ok_or_else(no_collection)?;
    let id = identity.choose(call, &item, &mut state.serial);
    let key = format!("{}/{id}", call.key());
    if state.get(&key).is_some() {
        let text = format!("Resource '{}' already exists", call.relative(&key));
        return Err(Failure::new(Code::AlreadyExists, text));
    }
    let record = new_record(call, state, item, &key);
    let record = Some(record);
    finish(call, state, Change { key, record })
}

/// Returns the record of a new resource with a key.
pub(crate) fn new_record(call: &Call<'_>, state: &mut State, mut item: Value, key: &str) -> Record {
    let schemas = call.api.schemas();
    let collection = call.collection();
    if let Some(identity) = collection.and_then(|collection| Identity::new(collection, schemas)) {
        identity.write(&mut item, call.relative(key));
    }
    let response = schemas.name(call.served.method.response.as_ref());
    let name = collection
        .and_then(|collection| collection.schema.as_deref())
        .or(response);
    if let Some(schema) = name.and_then(|name| schemas.get(name)) {
        output::created(call, schema, &mut item, key, &mut state.serial);
        if let Some(media) = &call.media {
            output::measured(schema, &mut item, media);
        }
    }
    Record {
        media: call.media.clone(),
        ..Record::new(item)
    }
}

fn no_collection() -> Failure {
    Failure::new(
        Code::Unimplemented,
        "The document does not say where new resources are.",
    )
}
