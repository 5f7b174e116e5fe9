//! Changes of resources.

use crate::state::State;
use crate::state::record::Record;

/// A change of a resource.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) key: String,
    /// The new state; none if the resource is removed.
    pub(crate) record: Option<Record>,
}

/// Makes a change.
pub(crate) fn apply(state: &mut State, key: &str, record: Option<Record>) {
    match record {
        Some(record) => state.put(key, record),
        None => state.remove_tree(key),
    }
}
