//! Scalars: the JSON forms and texts that a type and format accept.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use discovery::{Schema, SchemaKind};
use google_cloud_wkt::{Duration, Timestamp};
use serde_json::Value;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// Both alphabets, with or without padding.
const BASE64: [GeneralPurpose; 2] = [
    GeneralPurpose::new(&URL_SAFE, LENIENT),
    GeneralPurpose::new(&STANDARD, LENIENT),
];

/// Decodes bytes in JSON.
pub(crate) fn decode_bytes(text: &str) -> Option<Vec<u8>> {
    BASE64.iter().find_map(|engine| engine.decode(text).ok())
}

/// Returns the type that a value should have had, if it does not fit the schema.
pub(crate) fn misfit(schema: &Schema, value: &Value) -> Option<String> {
    if !schema.values.is_empty() {
        return enum_misfit(schema, value);
    }
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if accepts_number(schema) => number.to_string(),
        Value::Bool(bool) if schema.kind == SchemaKind::Boolean => bool.to_string(),
        _ => return Some(type_name(schema)),
    };
    text_misfit(schema, &text)
}

/// Returns the type that a text should have had, if it does not fit the schema.
pub(crate) fn text_misfit(schema: &Schema, text: &str) -> Option<String> {
    let format = schema.format.as_deref().unwrap_or_default();
    let fits = match (&schema.kind, format) {
        _ if !schema.values.is_empty() => {
            return enum_misfit(schema, &Value::String(text.to_owned()));
        }
        (SchemaKind::Boolean, _) => matches!(text, "true" | "false"),
        (SchemaKind::Integer, "uint32") => {
            whole(text).is_some_and(|number| u32::try_from(number).is_ok())
        }
        (SchemaKind::Integer, _) => whole(text).is_some_and(|number| i32::try_from(number).is_ok()),
        (SchemaKind::Number, _) => {
            matches!(text, "NaN" | "Infinity" | "-Infinity") || text.parse::<f64>().is_ok()
        }
        (_, "int64") => whole(text).is_some_and(|number| i64::try_from(number).is_ok()),
        (_, "uint64") => whole(text).is_some_and(|number| u64::try_from(number).is_ok()),
        (_, "byte") => decode_bytes(text).is_some(),
        (_, "google-datetime") => Timestamp::try_from(text).is_ok(),
        (_, "google-duration") => Duration::try_from(text).is_ok(),
        _ => true,
    };
    if !fits {
        return Some(type_name(schema));
    }
    out_of_range(schema, text)
}

fn accepts_number(schema: &Schema) -> bool {
    let format = schema.format.as_deref();
    let is_number = matches!(schema.kind, SchemaKind::Integer | SchemaKind::Number);
    is_number || matches!(format, Some("int64" | "uint64"))
}

/// Parses a whole number, also in the forms `1.0` and `1e2`.
fn whole(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    let is_exact = number.fract() == 0.0 && number.abs() < 2_f64.powi(63);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is whole and below 2^63"
    )]
    is_exact.then_some(number as i128)
}

fn enum_misfit(schema: &Schema, value: &Value) -> Option<String> {
    let is_known = match value {
        Value::String(text) => schema.values.iter().any(|value| value.name == *text),
        // Numbers stand for values as well, which a document does not list.
        Value::Number(number) => number.is_i64(),
        _ => false,
    };
    (!is_known).then(|| {
        let names = schema
            .values
            .iter()
            .take(8)
            .map(|value| value.name.as_str());
        format!("one of {}", names.collect::<Vec<_>>().join(", "))
    })
}

fn out_of_range(schema: &Schema, text: &str) -> Option<String> {
    let limit = |limit: &Option<String>| limit.as_deref()?.parse::<f64>().ok();
    let value: f64 = match schema.kind {
        SchemaKind::Integer | SchemaKind::Number => text.parse().ok()?,
        _ => return None,
    };
    let (minimum, maximum) = (limit(&schema.minimum), limit(&schema.maximum));
    if minimum.is_some_and(|minimum| value < minimum) {
        return Some(format!(
            "a number of at least {}",
            minimum.unwrap_or_default()
        ));
    }
    maximum
        .filter(|maximum| value > *maximum)
        .map(|maximum| format!("a number of at most {maximum}"))
}

/// Returns the type as Google's messages name it.
fn type_name(schema: &Schema) -> String {
    let name = match (&schema.kind, schema.format.as_deref()) {
        (SchemaKind::Boolean, _) => "TYPE_BOOL",
        (SchemaKind::Integer, Some("uint32")) => "TYPE_UINT32",
        (SchemaKind::Integer, _) => "TYPE_INT32",
        (SchemaKind::Number, Some("float")) => "TYPE_FLOAT",
        (SchemaKind::Number, _) => "TYPE_DOUBLE",
        (_, Some("int64")) => "TYPE_INT64",
        (_, Some("uint64")) => "TYPE_UINT64",
        (_, Some("byte")) => "TYPE_BYTES",
        (_, Some("google-datetime")) => "type.googleapis.com/google.protobuf.Timestamp",
        (_, Some("google-duration")) => "type.googleapis.com/google.protobuf.Duration",
        _ => "TYPE_STRING",
    };
    name.to_owned()
}
