//! Values of fields, for filters and orders.

use std::cmp::Ordering;

use serde_json::Value;

use crate::validate::body::camel;

/// Returns the value of a field.
pub(crate) fn field<'i>(item: &'i Value, path: &[String]) -> Option<&'i Value> {
    let value = path.iter().try_fold(item, |value, name| {
        value.get(name).or_else(|| value.get(camel(name)))
    });
    value.filter(|value| !value.is_null())
}

/// Compares two values; an absent one is the smallest.
pub(crate) fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse::<f64>().ok(),
        _ => None,
    };
    match (one, other) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some(Value::Bool(one)), Some(Value::Bool(other))) => one.cmp(other),
        (Some(one), Some(other)) => match (number(one), number(other)) {
            (Some(one), Some(other)) => one.total_cmp(&other),
            _ => text(one).cmp(&text(other)),
        },
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
