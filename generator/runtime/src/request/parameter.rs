//! Text of values in paths and queries.

use base64::Engine as _;
use bytes::Bytes;
use google_cloud_wkt::{Duration, FieldMask, Timestamp};
use serde_json::Value;

use crate::json::field_mask;

/// A value in a path or a query string.
///
/// Its text is that of
/// [the Discovery formats](https://developers.google.com/discovery/v1/type-format), before
/// percent-encoding.
pub trait ParameterValue {
    /// Returns the value as text.
    fn to_parameter(&self) -> String;

    /// Turns the value into text.
    fn into_parameter(self) -> String
    where
        Self: Sized,
    {
        self.to_parameter()
    }
}

impl<T: ParameterValue + ?Sized> ParameterValue for &T {
    fn to_parameter(&self) -> String {
        (**self).to_parameter()
    }
}

impl ParameterValue for String {
    fn to_parameter(&self) -> String {
        self.clone()
    }

    fn into_parameter(self) -> String {
        self
    }
}

macro_rules! by_display {
    ($($type:ty),+) => {$(
        impl ParameterValue for $type {
            fn to_parameter(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

by_display!(str, bool, i32, u32, i64, u64, Value);

macro_rules! floats {
    ($($type:ty),+) => {$(
        impl ParameterValue for $type {
            /// Infinities are spelled out, as in
            /// [ProtoJSON](https://protobuf.dev/programming-guides/json/).
            fn to_parameter(&self) -> String {
                if self.is_infinite() {
                    let text = if *self > 0.0 { "Infinity" } else { "-Infinity" };
                    return text.to_owned();
                }
                self.to_string()
            }
        }
    )+};
}

floats!(f32, f64);

impl ParameterValue for Bytes {
    /// URL-safe base64 with padding.
    fn to_parameter(&self) -> String {
        base64::engine::general_purpose::URL_SAFE.encode(self)
    }
}

impl ParameterValue for Timestamp {
    /// RFC 3339 in UTC.
    fn to_parameter(&self) -> String {
        String::from(*self)
    }
}

impl ParameterValue for Duration {
    /// Seconds with up to nine decimal places and an `s`.
    fn to_parameter(&self) -> String {
        String::from(*self)
    }
}

impl ParameterValue for FieldMask {
    /// Comma-separated paths in the names of JSON.
    fn to_parameter(&self) -> String {
        field_mask::text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_each_kind_of_value() {
        let table: [(&dyn ParameterValue, &str); 17] = [
            (&"a b", "a b"),
            (&String::from("x"), "x"),
            (&true, "true"),
            (&false, "false"),
            (&-3_i32, "-3"),
            (&3_u32, "3"),
            (&i64::MIN, "-9223372036854775808"),
            (&u64::MAX, "18446744073709551615"),
            (&1.5_f32, "1.5"),
            (&2.0_f64, "2"),
            (&f64::NAN, "NaN"),
            (&f64::NEG_INFINITY, "-Infinity"),
            (&Bytes::from_static(&[0xfb, 0xff]), "-_8="),
            (&Timestamp::clamp(0, 500_000_000), "1970-01-01T00:00:00.5Z"),
            (&Duration::clamp(-3, -500_000_000), "-3.5s"),
            (
                &FieldMask::default().set_paths(["display_name", "a.b_c"]),
                "displayName,a.bC",
            ),
            (&serde_json::json!({"a": [1]}), r#"{"a":[1]}"#),
        ];
        for (value, text) in table {
            assert_eq!(value.to_parameter(), text);
        }
    }
}
