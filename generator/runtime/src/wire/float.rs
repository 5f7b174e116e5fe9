//! Floating-point numbers, which may be infinite or not a number.

use std::fmt;

use serde::{
    Deserializer, Serializer,
    de::{self, Unexpected, Visitor},
};

use super::Wire;

macro_rules! floats {
    ($($type:ty, $serialize:ident;)+) => {$(
        impl Wire for $type {
            /// JSON has no form for what is not finite; serde_json would write `null`.
            fn to_wire<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.is_nan() {
                    return serializer.serialize_str("NaN");
                }
                if self.is_infinite() {
                    let name = if *self > 0.0 { "Infinity" } else { "-Infinity" };
                    return serializer.serialize_str(name);
                }
                serializer.$serialize(*self)
            }

            fn from_wire<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let wide = deserializer.deserialize_any(FloatVisitor)?;
                let value = wide as $type;
                if value.is_finite() || !wide.is_finite() {
                    return Ok(value);
                }
                Err(de::Error::invalid_value(Unexpected::Float(wide), &FloatVisitor))
            }
        }
    )+};
}

floats! {
    f32, serialize_f32;
    f64, serialize_f64;
}

struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<f64, E> {
        match value {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => finite(value).ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self)),
        }
    }
}

/// A quoted JSON number. Rust reads more, such as `inf`.
fn finite(text: &str) -> Option<f64> {
    let numeric = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    if !text.bytes().all(numeric) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}
