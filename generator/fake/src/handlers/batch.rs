//! Reading several resources by their names ([AIP-231](https://google.aip.dev/231)).

use serde_json::{Value, json};

use super::identity::Identity;
use crate::call::{Answer, Call};
use crate::state::State;
use crate::status::Failure;

/// Returns the resources that `names` lists, or the error that one of them is missing.
pub(crate) fn get(call: &Call<'_>, state: &State, property: &str) -> Result<Answer, Failure> {
    let in_body = call.body.get("names").and_then(Value::as_array);
    let in_body = in_body.into_iter().flatten().filter_map(Value::as_str);
    let in_query = call.parameters.all("names").iter().map(String::as_str);
    let mut items = Vec::new();
    for name in in_query.chain(in_body) {
        let item = find(call, state, property, name);
        items.push(item.ok_or_else(|| Failure::not_found(name))?);
    }
    Ok(Answer::new(json!({ property: items })))
}

fn find(call: &Call<'_>, state: &State, property: &str, name: &str) -> Option<Value> {
    let schemas = call.api.schemas();
    let response = call.served.method.response.as_ref()?;
    let schema = schemas
        .property(response, property)?
        .items
        .as_deref()?
        .reference()?;
    let mut collections = call.api.collections.of_schema(schema);
    collections.find_map(|collection| {
        let identity = Identity::new(collection, schemas)?;
        let key = call.absolute(&identity.path_of(name));
        let record = state.get(&key).filter(|record| !record.is_deleted)?;
        Some(record.value.clone())
    })
}
