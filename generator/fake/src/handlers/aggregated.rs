//! Lists of the items of all scopes of a project, such as `zones/a`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::filter::Filter;
use super::page::Page;
use crate::api::pattern::PathPattern;
use crate::call::{Answer, Call};
use crate::state::State;
use crate::status::Failure;

/// Returns the items, by their scopes.
pub(crate) fn list(
    call: &Call<'_>,
    state: &State,
    scopes: &str,
    property: &str,
) -> Result<Answer, Failure> {
    let page = Page::of(call)?;
    let filter = Filter::of(call)?;
    let key = call.key();
    let project = key
        .rsplit_once("/aggregated/")
        .map_or(key.as_str(), |(project, _)| project);
    let prefix = format!("{project}/");
    let paths = item_paths(call);
    let items = state.with_prefix(&prefix).filter(|(key, record)| {
        let segments: Vec<_> = call.relative(key).split('/').collect();
        let is_item = paths.iter().any(|path| path.matches(&segments).is_some());
        is_item && filter.matches(&record.value)
    });
    let items: Vec<_> = items.map(|(key, record)| (key, &record.value)).collect();
    let (items, next) = page.cut(&items)?;
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (key, item) in items {
        let scope = scope(key, &prefix);
        found.entry(scope).or_default().push((*item).clone());
    }
    let lists = found
        .into_iter()
        .map(|(scope, items)| (scope, json!({ property: items })));
    let lists: serde_json::Map<_, _> = lists.collect();
    let mut message = json!({ scopes: lists });
    if let Some(next) = next {
        message["nextPageToken"] = json!(next);
    }
    Ok(Answer::new(message))
}

/// Returns the paths of the items that the response lists.
fn item_paths<'a>(call: &Call<'a>) -> Vec<&'a PathPattern> {
    let schemas = call.api.schemas();
    let response = call.served.method.response.as_ref();
    let items = response.and_then(|response| schemas.scoped_items(response));
    let Some(schema) = items.and_then(|(_, items)| items.schema) else {
        return Vec::new();
    };
    let collections = call.api.collections.of_schema(schema);
    collections
        .filter_map(|collection| collection.item.as_ref())
        .collect()
}

/// Returns the scope of an item: the part of its key between the project and the collection.
fn scope(key: &str, prefix: &str) -> String {
    let rest = key.strip_prefix(prefix).unwrap_or(key);
    let mut segments: Vec<_> = rest.split('/').collect();
    segments.truncate(segments.len().saturating_sub(2));
    segments.join("/")
}
