//! Integers: 64 bits as strings, 32 bits as numbers, both read in either form.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, Unexpected, Visitor},
};

use super::Wire;

macro_rules! integers {
    ($($type:ty: $expected:literal, $write:expr;)+) => {$(
        impl Integer for $type {
            const EXPECTED: &'static str = $expected;
        }

        impl Wire for $type {
            fn to_wire<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $write(self).serialize(serializer)
            }

            fn from_wire<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(IntegerVisitor(PhantomData))
            }
        }
    )+};
}

integers! {
    i32: "a 32-bit integer", |value: &i32| *value;
    u32: "an unsigned 32-bit integer", |value: &u32| *value;
    i64: "a 64-bit integer", i64::to_string;
    u64: "an unsigned 64-bit integer", u64::to_string;
}

trait Integer: TryFrom<i128> {
    const EXPECTED: &'static str;
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        T::try_from(i128::from(value))
            .map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        T::try_from(i128::from(value))
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    /// `1.0` and `1e2`, which ProtoJSON lets writers use.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        // The cast saturates, so a value out of any range stays out of `T`'s.
        let whole = value as i128;
        if whole as f64 == value
            && let Ok(integer) = T::try_from(whole)
        {
            return Ok(integer);
        }
        Err(E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        parse(value)
            .and_then(|integer| T::try_from(integer).ok())
            .ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}

/// The exact value of a JSON number that is whole: `5`, `-5`, `5.0`, `5e2`, `50e-1`.
///
/// Not by way of `f64`, which cannot hold every 64-bit integer.
fn parse(text: &str) -> Option<i128> {
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.is_empty() || fraction.is_empty() {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let mut value = digits(whole, 0)?;
    value = digits(fraction, value)?;
    let scale = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let value = shift(value, scale)?;
    Some(if negative { -value } else { value })
}

fn digits(text: &str, start: i128) -> Option<i128> {
    text.bytes().try_fold(start, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

/// `value` times ten to the power of `scale`, if that is whole.
fn shift(value: i128, scale: i32) -> Option<i128> {
    if value == 0 {
        return Some(0);
    }
    let power = 10_i128.checked_pow(scale.unsigned_abs())?;
    if scale >= 0 {
        return value.checked_mul(power);
    }
    (value % power == 0).then(|| value / power)
}
