//! Sample values of arguments.

use crate::model::{Argument, Number, ParameterLocation, SampleValue, Shared, Type};
use crate::pattern;

/// The size of a page, where one is required.
const PAGE_SIZE: u16 = 100;
/// The part of a resource that YouTube returns, which most have.
const PART: &str = "snippet";

/// Returns a sample value of an argument.
pub(super) fn argument(argument: &Argument) -> SampleValue {
    listed(argument, value(argument))
}

/// Returns a value of an argument, in a list if the argument takes several.
pub(super) fn listed(argument: &Argument, value: SampleValue) -> SampleValue {
    match argument.location {
        ParameterLocation::QueryRepeated => SampleValue::List(Box::new(value)),
        ParameterLocation::Path { .. } | ParameterLocation::Query => value,
    }
}

fn value(argument: &Argument) -> SampleValue {
    match &argument.ty {
        Type::Number(Number::F32 | Number::F64) => SampleValue::Float,
        Type::Number(_) => SampleValue::Integer(match argument.name.as_str() {
            "pageSize" | "maxResults" => PAGE_SIZE,
            _ => 1,
        }),
        Type::Bool => SampleValue::Bool,
        Type::String | Type::Enum(_) | Type::Shared(Shared::Bytes) => {
            SampleValue::Text(text(argument))
        }
        Type::Shared(Shared::FieldMask) => SampleValue::FieldMask,
        Type::Value => SampleValue::Object,
        _ => SampleValue::Default,
    }
}

/// Returns a text that the argument accepts, as far as its pattern and its documentation say. It is not
/// empty, since a path refuses that.
pub(super) fn text(argument: &Argument) -> String {
    let text = match &argument.location {
        ParameterLocation::Path { pattern } => {
            let pattern = pattern.as_ref();
            let example = pattern.and_then(|pattern| pattern::example(&pattern.value));
            if pattern.is_some() && example.is_none() {
                None
            } else {
                alias(argument, example.as_deref()).or(example)
            }
        }
        _ if argument.name == "part" => Some(PART.to_owned()),
        ParameterLocation::Query | ParameterLocation::QueryRepeated => None,
    };
    text.unwrap_or_else(|| argument.ident.as_str().to_owned())
}

/// Returns the word for the user who calls, or for that user's resource, if the documentation has one:
/// `me`, `users/me`, `primary`.
fn alias(argument: &Argument, example: Option<&str>) -> Option<String> {
    let docs = argument.docs.0.join(" ");
    let is_quoted = |word: &str| {
        ['`', '"', '\'']
            .iter()
            .any(|mark| docs.contains(&format!("{mark}{word}{mark}")))
    };
    let Some(example) = example else {
        let is_alias = |word: &&&str| is_quoted(word);
        return ["me", "primary"]
            .iter()
            .find(is_alias)
            .map(|word| (*word).to_owned());
    };
    let (collection, id) = example.split_once('/')?;
    let alias = format!("{collection}/me");
    (!id.contains('/') && (is_quoted(&alias) || is_quoted("me"))).then_some(alias)
}
