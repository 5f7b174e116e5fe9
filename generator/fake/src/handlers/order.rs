//! The order of a list: `title, createTime desc`.

use std::cmp::Ordering;

use serde_json::Value;

use super::values::{compare, field};
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
