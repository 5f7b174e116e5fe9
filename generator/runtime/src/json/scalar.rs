//! Scalars: values that are one JSON string, number or boolean.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{decoding::Decoding, form::Decoded, value::ValueVisitor};

/// A type that is read from one token. Each function returns nothing for what does not fit.
pub(super) trait Scalar: Sized {
    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    /// Integers in the range of `i64` and `u64`.
    fn from_integer(_: i128) -> Option<Self> {
        None
    }

    fn from_float(_: f64) -> Option<Self> {
        None
    }

    fn from_text(text: &str) -> Option<Self>;

    fn from_string(text: String) -> Result<Self, String> {
        Self::from_text(&text).ok_or(text)
    }
}

/// Reads a scalar, or keeps what is none.
pub(super) fn read<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
    decoding: &mut Decoding,
) -> Result<Decoded<T>, D::Error> {
    deserializer.deserialize_any(ScalarVisitor {
        decoding,
        scalar: PhantomData,
    })
}

struct ScalarVisitor<'a, T> {
    decoding: &'a mut Decoding,
    scalar: PhantomData<T>,
}

fn decoded<T, E>(fitting: Option<T>, value: impl Into<Value>) -> Result<Decoded<T>, E> {
    Ok(fitting.map_or_else(|| Decoded::Misfit(value.into()), Decoded::Value))
}

impl<'de, T: Scalar> Visitor<'de> for ScalarVisitor<'_, T> {
    type Value = Decoded<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Decoded<T>, E> {
        decoded(T::from_bool(value), value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decoded<T>, E> {
        decoded(T::from_integer(value.into()), value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decoded<T>, E> {
        decoded(T::from_integer(value.into()), value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decoded<T>, E> {
        decoded(T::from_float(value), value)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decoded<T>, E> {
        decoded(T::from_text(text), text)
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Decoded<T>, E> {
        Ok(match T::from_string(text) {
            Ok(value) => Decoded::Value(value),
            Err(text) => Decoded::Misfit(text.into()),
        })
    }

    fn visit_unit<E: de::Error>(self) -> Result<Decoded<T>, E> {
        Ok(Decoded::Misfit(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Decoded<T>, A::Error> {
        let value = ValueVisitor(self.decoding).visit_seq(sequence)?;
        Ok(Decoded::Misfit(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Decoded<T>, A::Error> {
        let value = ValueVisitor(self.decoding).visit_map(map)?;
        Ok(Decoded::Misfit(value))
    }
}

/// Implements `JsonForm` for a [`Scalar`]: how it is written, and the value of `null`.
macro_rules! json_form_of_scalar {
    ($type:ty, $null:expr, $write:expr) => {
        impl $crate::json::form::JsonForm for $type {
            fn from_json<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
                decoding: &mut $crate::json::decoding::Decoding,
            ) -> Result<$crate::json::form::Decoded<Self>, D::Error> {
                $crate::json::scalar::read(deserializer, decoding)
            }

            fn to_json<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&Self, S) -> Result<S::Ok, S::Error> = $write;
                write(self, serializer)
            }

            fn from_null() -> Option<Self> {
                $null
            }
        }
    };
}
pub(super) use json_form_of_scalar;

impl Scalar for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_string(text: String) -> Result<Self, String> {
        Ok(text)
    }
}

json_form_of_scalar!(String, Some(Self::new()), |value, serializer| {
    serializer.serialize_str(value)
});

impl Scalar for bool {
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }

    /// Some older services quote booleans.
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

json_form_of_scalar!(bool, Some(false), |value, serializer| {
    serializer.serialize_bool(*value)
});
