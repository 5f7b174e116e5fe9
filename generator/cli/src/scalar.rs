//! Values from text, checked by their schemas before anything is sent.

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use discovery_runtime::{Duration, Timestamp};
use serde_json::Value;

use crate::api::{Kind, Schema};
use crate::names::suggestion;

/// Reads the value of a schema that is not an object or a list.
pub(crate) fn parse(schema: &Schema, text: &str) -> Result<Value, String> {
    let format = schema.format.as_deref().unwrap_or_default();
    match schema.kind {
        Kind::Boolean => match text {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err("it is `true` or `false`".to_owned()),
        },
        Kind::Integer if format == "uint32" => {
            number::<u32>(text, "a 32-bit integer, zero or more")
        }
        Kind::Integer => number::<i32>(text, "a 32-bit integer"),
        Kind::Number => number::<f64>(text, "a number"),
        Kind::String => string(schema, format, text),
        Kind::Any | Kind::Array | Kind::Map | Kind::Object | Kind::Reference(_) => {
            serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))
        }
    }
}

/// Returns the text of a value in a path or a query.
pub(crate) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn number<T: std::str::FromStr + Into<Value>>(text: &str, kind: &str) -> Result<Value, String> {
    let number = text.parse::<T>().map(Into::into);
    number.map_err(|_| format!("it is not {kind}"))
}

fn string(schema: &Schema, format: &str, text: &str) -> Result<Value, String> {
    let known = || schema.values.iter().map(|(name, _)| name.as_str());
    if !schema.values.is_empty() && !known().any(|name| name == text) {
        return Err(format!(
            "it is not a known value{}",
            suggestion(text, known())
        ));
    }
    let is_valid = match format {
        "int64" => text.parse::<i64>().is_ok(),
        "uint64" => text.parse::<u64>().is_ok(),
        "google-datetime" => is_read::<Timestamp>(text),
        "google-duration" => is_read::<Duration>(text),
        _ => true,
    };
    match (is_valid, format) {
        (true, "byte") => bytes(text),
        (true, _) => Ok(text.into()),
        (false, "google-datetime") => Err("it is not a time like 2025-01-31T09:30:00Z".to_owned()),
        (false, "google-duration") => Err("it is not a duration like 3.5s".to_owned()),
        (false, _) => Err("it is not a 64-bit integer".to_owned()),
    }
}

fn is_read<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    serde_json::from_value::<T>(text.into()).is_ok()
}

/// Encodes the content of `@FILE`; other text is base64 already.
fn bytes(text: &str) -> Result<Value, String> {
    let Some(path) = text.strip_prefix('@') else {
        return Ok(text.into());
    };
    let content = std::fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    Ok(URL_SAFE.encode(content).into())
}
