//! The JSON form of a value, as [ProtoJSON](https://protobuf.dev/programming-guides/json/) defines it.

use std::marker::PhantomData;

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error as _},
};
use serde_json::Value;

use super::decoding::Decoding;

/// A type of a message's field: a scalar, an enum, a message, or an option, list or map of these.
///
/// Generated messages and enums implement it by [`message!`](crate::message) and
/// [`open_enum!`](crate::open_enum).
pub trait JsonForm: Sized {
    /// Reads a value in any form that its type may take.
    ///
    /// # Errors
    ///
    /// If the JSON is malformed, or a list, map or message is of another kind.
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error>;

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Only those of the serializer.
    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Returns the value of `null` in a list or map.
    fn from_null() -> Option<Self> {
        None
    }

    /// Returns whether a message leaves out a field of this value.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A JSON value that was read as a `T`.
#[doc(hidden)]
#[derive(Debug)]
pub enum Decoded<T> {
    /// A value of the type.
    Value(T),
    /// A value of another kind or out of the type's range. The message keeps it as it came.
    Misfit(Value),
}

impl<T> Decoded<T> {
    /// Converts a value of the type.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Decoded<U> {
        match self {
            Self::Value(value) => Decoded::Value(convert(value)),
            Self::Misfit(value) => Decoded::Misfit(value),
        }
    }
}

/// Reads a value on its own.
///
/// # Errors
///
/// If the type cannot be read, with the path of the field in front, or the value does not fit.
#[doc(hidden)]
pub fn deserialize<'de, T: JsonForm, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut decoding = Decoding::new();
    match T::from_json(deserializer, &mut decoding) {
        Ok(Decoded::Value(value)) => Ok(value),
        Ok(Decoded::Misfit(value)) => Err(D::Error::custom(format_args!(
            "expected {}, found {value}",
            short_name::<T>()
        ))),
        Err(error) => Err(decoding.locate(error)),
    }
}

fn short_name<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    name.rsplit("::").next().unwrap_or(name)
}

/// Reads a `T` that is part of another value.
pub(super) struct Seed<'a, T> {
    decoding: &'a mut Decoding,
    target: PhantomData<T>,
}

impl<'a, T> Seed<'a, T> {
    pub(super) fn new(decoding: &'a mut Decoding) -> Self {
        Self {
            decoding,
            target: PhantomData,
        }
    }
}

impl<'de, T: JsonForm> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = Decoded<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decoded<T>, D::Error> {
        T::from_json(deserializer, self.decoding)
    }
}

/// A value that serde writes in its JSON form.
pub(super) struct Written<'a, T>(pub(super) &'a T);

impl<T: JsonForm> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_json(serializer)
    }
}
