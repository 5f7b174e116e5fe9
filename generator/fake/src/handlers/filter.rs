//! Filters of lists: comparisons with `AND`, `OR`, `NOT` and parentheses
//! ([AIP-160](https://google.aip.dev/160)). Functions and searches in all fields are not implemented.

mod parse;

use std::cmp::Ordering;

use serde_json::Value;

use super::values::{compare, field};
use crate::call::Call;
use crate::status::Failure;
use parse::{Expression, Operator};

/// A filter of items.
#[derive(Debug)]
pub(crate) struct Filter(Option<Expression>);

impl Filter {
    /// Returns the filter of a call.
    pub(crate) fn of(call: &Call<'_>) -> Result<Self, Failure> {
        match call.parameters.get("filter") {
            Some(text) if !text.trim().is_empty() => {
                parse::parse(text).map(|filter| Self(Some(filter)))
            }
            _ => Ok(Self(None)),
        }
    }

    pub(crate) fn matches(&self, item: &Value) -> bool {
        self.0
            .as_ref()
            .is_none_or(|expression| holds(expression, item))
    }
}

fn holds(expression: &Expression, item: &Value) -> bool {
    match expression {
        Expression::All(parts) => parts.iter().all(|part| holds(part, item)),
        Expression::Any(parts) => parts.iter().any(|part| holds(part, item)),
        Expression::Not(part) => !holds(part, item),
        Expression::Compare {
            path,
            operator,
            value,
        } => comparison(field(item, path), *operator, value),
    }
}

fn comparison(found: Option<&Value>, operator: Operator, wanted: &str) -> bool {
    if operator == Operator::Has {
        return has(found, wanted);
    }
    let Some(found) = found else {
        // An absent field has the zero value.
        let is_zero = matches!(wanted, "" | "false" | "0" | "null");
        return (operator == Operator::Equal && is_zero)
            || (operator == Operator::NotEqual && !is_zero);
    };
    let is_equal = equals(found, wanted);
    let wanted = Value::String(wanted.to_owned());
    let order = compare(Some(found), Some(&wanted));
    match operator {
        Operator::Equal => is_equal,
        Operator::NotEqual => !is_equal,
        Operator::Less => order == Ordering::Less,
        Operator::LessOrEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterOrEqual => order != Ordering::Less,
        Operator::Has => false,
    }
}

/// Compares texts, with `*` for any text at either end, and other scalars by their text.
fn equals(found: &Value, wanted: &str) -> bool {
    match found {
        Value::String(text) => match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
            (Some(end), None) => text.ends_with(end),
            (None, Some(start)) => text.starts_with(start),
            (Some(_), Some(_)) => text.contains(wanted.trim_matches('*')),
            (None, None) => text == wanted,
        },
        Value::Number(number) => wanted
            .parse::<f64>()
            .is_ok_and(|wanted| number.as_f64() == Some(wanted)),
        Value::Bool(flag) => wanted.parse() == Ok(*flag),
        _ => false,
    }
}

/// Returns whether a list or a map has a value, or a field is there at all (`*`).
fn has(found: Option<&Value>, wanted: &str) -> bool {
    match found {
        None => false,
        Some(_) if wanted == "*" => true,
        Some(Value::Array(elements)) => elements.iter().any(|element| equals(element, wanted)),
        Some(Value::Object(fields)) => fields.contains_key(wanted),
        Some(Value::String(text)) => {
            text.contains(wanted) || equals(&Value::String(text.clone()), wanted)
        }
        Some(other) => equals(other, wanted),
    }
}
