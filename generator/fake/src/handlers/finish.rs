//! The end of a call that changes a resource: immediately, or by an operation.

use serde_json::{Value, json};

use super::change::{Change, apply};
use super::{operations, sample};
use crate::call::{Answer, Call};
use crate::state::State;
use crate::status::Failure;

/// Makes a change, or starts an operation that makes it, and returns the response.
pub(crate) fn finish(
    call: &Call<'_>,
    state: &mut State,
    change: Change,
) -> Result<Answer, Failure> {
    let response = call.served.method.response.as_ref();
    let schemas = call.api.schemas();
    let name = schemas.name(response);
    if let Some(form) = name.and_then(|name| schemas.operation(name)) {
        return operations::begin(call, state, form, change);
    }
    let value = change.record.as_ref().map(|record| record.value.clone());
    if !call.flag("validateOnly") {
        apply(state, &change.key, change.record);
    }
    let item = call
        .collection()
        .and_then(|collection| collection.schema.as_deref());
    let mut answer = match (value, response) {
        (Some(value), Some(response)) if name.is_some() && name != item => {
            within(call, response, item, value)
        }
        (Some(value), Some(_)) => Answer::new(value),
        (None, Some(response))
            if !schemas.resolve(response).properties.is_empty() && name != item =>
        {
            Answer::sample(sample::message(schemas, response))
        }
        _ => Answer::new(json!({})),
    };
    answer.changed = Some(change.key);
    Ok(answer)
}

/// Returns a response that has the item in one of its fields, or is another message.
fn within(
    call: &Call<'_>,
    response: &discovery::Schema,
    item: Option<&str>,
    value: Value,
) -> Answer {
    let schemas = call.api.schemas();
    if let Some(property) = item.and_then(|item| schemas.property_of_type(response, item)) {
        return Answer::new(json!({ property: value }));
    }
    match schemas.resolve(response).properties.is_empty() {
        true => Answer::new(json!({})),
        false if item.is_none() => Answer::new(value),
        false => Answer::sample(sample::message(schemas, response)),
    }
}
