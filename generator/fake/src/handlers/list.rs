//! Listing a collection ([AIP-132](https://google.aip.dev/132)).

use discovery::{Schema, SchemaKind};
use serde_json::{Map, Value, json};

use super::filter::Filter;
use super::lookup::sample_of;
use super::page::Page;
use super::{order, sample};
use crate::call::{Answer, Call};
use crate::state::State;
use crate::status::Failure;

/// Returns a page of the collection that the path names.
pub(crate) fn list(call: &Call<'_>, state: &State, property: &str) -> Result<Answer, Failure> {
    let key = call.key();
    let page = Page::of(call)?;
    let filter = Filter::of(call)?;
    let order = order::of(call)?;
    let shows_deleted = call.flag("showDeleted");
    let mut records = state.items(&key).peekable();
    let is_filled = call
        .collection()
        .is_none_or(|collection| collection.is_filled || collection.operations.is_some());
    if records.peek().is_none() && !is_filled {
        return Ok(sampled(call, property, &key));
    }
    let mut items: Vec<(&str, &Value)> = records
        .filter(|(_, record)| shows_deleted || !record.is_deleted)
        .map(|(key, record)| (key, &record.value))
        .filter(|(_, item)| filter.matches(item))
        .collect();
    order::sort(&mut items, &order);
    let total = items.len();
    let (items, next) = page.cut(&items)?;
    let items: Vec<_> = items.iter().map(|(_, item)| (*item).clone()).collect();
    Ok(Answer::new(response(
        call,
        property,
        json!(items),
        total,
        next,
    )))
}

/// Returns a page with a sample of an item.
fn sampled(call: &Call<'_>, property: &str, key: &str) -> Answer {
    let item = sample_of(call, &format!("{key}/sample"));
    let mut answer = sample::answer(call);
    if let Some(item) = item {
        answer.message = response(call, property, json!([item]), 1, None);
    }
    answer
}

/// Returns the message of a page.
fn response(
    call: &Call<'_>,
    property: &str,
    items: Value,
    total: usize,
    next: Option<String>,
) -> Value {
    let mut message = Map::new();
    let unknown = Schema::default();
    let response = call.served.method.response.as_ref().unwrap_or(&unknown);
    let schema = call.api.schemas().resolve(response);
    message.insert(property.to_owned(), items);
    if let Some(next) = next {
        message.insert("nextPageToken".to_owned(), json!(next));
    }
    if let Some(kind) = schema
        .properties
        .get("kind")
        .and_then(|kind| kind.default.as_ref())
    {
        message.insert("kind".to_owned(), json!(kind));
    }
    for name in ["totalSize", "totalItems"] {
        let property = schema.properties.get(name);
        if property.is_some_and(|property| property.kind == SchemaKind::Integer) {
            message.insert(name.to_owned(), json!(total));
        }
    }
    Value::Object(message)
}
