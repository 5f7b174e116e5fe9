//! The outcome of a comparison as JSON.

use serde_json::{Value, json};

use crate::diff::Outcome;

/// Returns the outcome as JSON.
pub fn json(outcome: &Outcome) -> String {
    format!("{:#}\n", value(outcome))
}

pub(super) fn value(outcome: &Outcome) -> Value {
    json!({
        "class": outcome.class(),
        "old": outcome.old,
        "new": outcome.new,
        "code_differs": outcome.code_differs,
        "changes": outcome.changes,
    })
}
