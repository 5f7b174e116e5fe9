//! Integers: 64 bits as strings, 32 bits as numbers, both read in either form.

use serde::Serialize as _;

use super::scalar::{Scalar, json_form_of_scalar};

macro_rules! integers {
    ($($type:ty: $write:expr;)+) => {$(
        impl Scalar for $type {
            fn from_integer(value: i128) -> Option<Self> {
                Self::try_from(value).ok()
            }

            /// `1.0` and `1e2`, which ProtoJSON lets writers use.
            fn from_float(value: f64) -> Option<Self> {
                // The cast saturates, so a value out of any range stays out of the type's.
                let whole = value as i128;
                (whole as f64 == value).then(|| Self::try_from(whole).ok())?
            }

            fn from_text(text: &str) -> Option<Self> {
                Self::try_from(parse(text)?).ok()
            }
        }

        json_form_of_scalar!($type, Some(0), |value, serializer| {
            $write(value).serialize(serializer)
        });
    )+};
}

integers! {
    i32: |value: &i32| *value;
    u32: |value: &u32| *value;
    i64: i64::to_string;
    u64: u64::to_string;
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
