//! The facts of an item as a flat list, so that no fact goes uncompared.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

/// A fact that differs.
#[derive(Debug)]
pub(super) struct Difference {
    /// The fields that lead to it, joined by dots: `upload.max_size`.
    pub(super) path: String,
    /// The old value, if there was one.
    pub(super) old: Option<Value>,
    /// The new value, if there is one.
    pub(super) new: Option<Value>,
}

/// Returns an item as a tree of facts.
pub(super) fn tree(item: &impl Serialize) -> Value {
    serde_json::to_value(item).unwrap_or_default()
}

/// Returns the facts that differ, in the order of their paths. A group of facts that only one item has
/// is one difference.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    collect("", Some(old), Some(new), &mut found);
    found
}

fn collect(path: &str, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<Difference>) {
    if old == new {
        return;
    }
    let (Some(Value::Object(old)), Some(Value::Object(new))) = (old, new) else {
        return found.push(Difference {
            path: path.to_owned(),
            old: old.cloned(),
            new: new.cloned(),
        });
    };
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let path = match path {
            "" => key.clone(),
            _ => format!("{path}.{key}"),
        };
        collect(&path, old.get(key), new.get(key), found);
    }
}

/// Returns both values of a fact as text. An absent flag is `false`.
pub(super) fn texts(difference: &Difference) -> [String; 2] {
    let values = [&difference.old, &difference.new].map(Option::as_ref);
    let is_flag = values.iter().flatten().any(|value| value.is_boolean());
    values.map(|value| match value {
        None if is_flag => "false".to_owned(),
        value => text(value),
    })
}

/// Returns a fact as text; `none` if it is absent or empty.
pub(super) fn text(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) => {
            let values: Vec<_> = values.iter().map(|value| text(Some(value))).collect();
            values.join(", ")
        }
        Some(Value::Object(members)) => {
            let members = members.iter();
            let members = members.map(|(key, value)| format!("{key}: {}", text(Some(value))));
            members.collect::<Vec<_>>().join(", ")
        }
        Some(value) => value.to_string(),
    };
    if text.is_empty() {
        "none".to_owned()
    } else {
        text
    }
}

/// Returns the members of a list that are gone, and those that are new.
pub(super) fn exchanged(old: &Value, new: &Value) -> [String; 2] {
    let (old, new) = (set(Some(old)), set(Some(new)));
    [old.difference(&new), new.difference(&old)].map(|members| {
        let members: Vec<_> = members.copied().collect();
        members.join(", ")
    })
}

/// Returns the members of a list of texts.
pub(super) fn set(value: Option<&Value>) -> BTreeSet<&str> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).collect()
}
