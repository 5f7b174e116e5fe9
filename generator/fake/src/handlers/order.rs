//! The order of a list: `title, createTime desc`.

use std::cmp::Ordering;

use serde_json::Value;

use super::filter::field;
use crate::call::Call;
use crate::status::Failure;

/// A field, and whether it is in descending order.
type Key = (Vec<String>, bool);

/// Returns the order that a call requests.
pub(crate) fn of(call: &Call<'_>) -> Result<Vec<Key>, Failure> {
    let Some(text) = call.parameters.get("orderBy") else {
        return Ok(Vec::new());
    };
    let mut order = Vec::new();
    for part in text.split(',') {
        let mut words = part.split_whitespace();
        let (Some(name), direction, None) = (words.next(), words.next(), words.next()) else {
            return Err(invalid(part));
        };
        let is_descending = match direction {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(invalid(part)),
        };
        order.push((name.split('.').map(str::to_owned).collect(), is_descending));
    }
    Ok(order)
}

fn invalid(part: &str) -> Failure {
    let text = format!(
        "Invalid order '{}': write a field, and `desc` behind it.",
        part.trim()
    );
    Failure::invalid_field("order_by", text)
}

/// Sorts items. Those that are equal stay in the order of their keys.
pub(crate) fn sort(items: &mut [(&str, &Value)], order: &[Key]) {
    if order.is_empty() {
        return;
    }
    items.sort_by(|(_, one), (_, other)| {
        let orders = order.iter().map(|(path, is_descending)| {
            let order = compare(field(one, path), field(other, path));
            if *is_descending {
                order.reverse()
            } else {
                order
            }
        });
        orders.fold(Ordering::Equal, Ordering::then)
    });
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
