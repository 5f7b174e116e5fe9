//! Changes as JSON.

use serde_json::{Value, json};

use crate::diff::{Change, ChangeKind, Client, Outcome};

/// Returns the outcome as JSON.
pub fn json(outcome: &Outcome) -> String {
    format!("{:#}\n", value(outcome))
}

pub(super) fn value(outcome: &Outcome) -> Value {
    let changes: Vec<_> = outcome.changes.iter().map(change).collect();
    json!({
        "class": outcome.class().to_string(),
        "old": client(&outcome.old),
        "new": client(&outcome.new),
        "code_differs": outcome.code_differs,
        "changes": changes,
    })
}

fn client(client: &Client) -> Value {
    json!({
        "name": client.name,
        "version": client.version,
        "document": client.document,
        "revision": client.revision,
    })
}

fn change(change: &Change) -> Value {
    let kind = match change.kind {
        ChangeKind::Removed => "removed",
        ChangeKind::Changed => "changed",
        ChangeKind::Altered => "altered",
        ChangeKind::Added => "added",
        ChangeKind::Deprecated => "deprecated",
        ChangeKind::Restored => "restored",
        ChangeKind::Described => "described",
    };
    let mut value = json!({
        "class": change.class.to_string(),
        "verb": kind,
        "noun": change.item.noun,
        "name": change.item.name,
    });
    let of = change.item.of.as_ref().map(|of| of.to_string());
    let optional = [
        ("detail", &change.detail),
        ("of", &of.unwrap_or_default()),
        ("old", &change.old),
        ("new", &change.new),
        ("help", &change.help),
    ];
    for (key, text) in optional {
        if !text.is_empty() {
            value[key] = text.as_str().into();
        }
    }
    value
}
