//! Floating-point numbers, which may be infinite or not a number.

use super::scalar::{Scalar, json_form_of_scalar};

impl Scalar for f64 {
    fn from_integer(value: i128) -> Option<Self> {
        Some(value as Self)
    }

    fn from_float(value: f64) -> Option<Self> {
        Some(value)
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "NaN" => Some(Self::NAN),
            "Infinity" => Some(Self::INFINITY),
            "-Infinity" => Some(Self::NEG_INFINITY),
            _ => finite(text),
        }
    }
}

impl Scalar for f32 {
    fn from_integer(value: i128) -> Option<Self> {
        f64::from_integer(value).and_then(narrow)
    }

    fn from_float(value: f64) -> Option<Self> {
        narrow(value)
    }

    fn from_text(text: &str) -> Option<Self> {
        f64::from_text(text).and_then(narrow)
    }
}

/// A finite number beyond the range of `f32` does not fit.
fn narrow(wide: f64) -> Option<f32> {
    let value = wide as f32;
    (value.is_finite() || !wide.is_finite()).then_some(value)
}

/// A quoted JSON number. Rust reads more, such as `inf`.
fn finite(text: &str) -> Option<f64> {
    let numeric = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    if !text.bytes().all(numeric) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The text of a number that JSON has no form for; serde_json would write `null`.
fn name_of(value: f64) -> Option<&'static str> {
    match value {
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => value.is_nan().then_some("NaN"),
    }
}

json_form_of_scalar!(f64, Some(0.0), |value, serializer| match name_of(*value) {
    Some(name) => serializer.serialize_str(name),
    None => serializer.serialize_f64(*value),
});

json_form_of_scalar!(f32, Some(0.0), |value, serializer| {
    match name_of((*value).into()) {
        Some(name) => serializer.serialize_str(name),
        None => serializer.serialize_f32(*value),
    }
});
