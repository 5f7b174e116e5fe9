//! The collection to which a new operation belongs.

use crate::api::collections::Collection;
use crate::api::pattern::Matcher;
use crate::call::Call;

use super::super::identity::Identity;

/// The place of a new operation.
#[derive(Debug, Default)]
pub(crate) struct Place<'a> {
    /// Its key; none if the document has no method to get it.
    pub(crate) key: Option<String>,
    pub(crate) id: String,
    pub(crate) identity: Option<Identity<'a>>,
}

/// Returns the place of an operation that acts on a resource: beneath the nearest of the resources around it
/// that has operations.
pub(crate) fn find<'a>(call: &Call<'a>, target: &str, id: &str) -> Place<'a> {
    let segments: Vec<_> = call.relative(target).split('/').collect();
    let collections = call.api.collections.operations();
    let fitting = collections.filter_map(|collection| {
        let (shared, parent) = parent(collection, &segments)?;
        Some((shared, parent, collection))
    });
    let Some((_, parent, collection)) = fitting.max_by_key(|(shared, ..)| *shared) else {
        return Place {
            id: id.to_owned(),
            ..Place::default()
        };
    };
    Place {
        key: Some(call.absolute(&format!("{parent}/{id}"))),
        id: id.to_owned(),
        identity: Identity::new(collection, call.api.schemas()),
    }
}

/// Returns the path of a collection of operations around a resource, and the number of segments that it shares
/// with the resource.
fn parent(collection: &Collection, segments: &[&str]) -> Option<(usize, String)> {
    let (_, parts) = collection.item.as_ref()?.parts.split_last()?;
    let mut path: Vec<&str> = Vec::new();
    let mut shared = 0;
    for part in parts {
        let segment = segments.get(path.len()).filter(|_| shared == path.len());
        match (&part.matcher, segment) {
            (Matcher::Literal(text), Some(segment)) if text == segment => shared += 1,
            (Matcher::One { .. }, Some(_)) => shared += 1,
            // Behind the shared part only words are known: `operations`.
            (Matcher::Literal(_), _) => {}
            _ => return None,
        }
        match (&part.matcher, segment) {
            (Matcher::Literal(text), _) => path.push(text),
            (_, Some(segment)) => path.push(segment),
            _ => return None,
        }
    }
    Some((shared, path.join("/")))
}
