//! JSON forms that serde does not write by itself.
//!
//! Generated structs name this module in `#[serde(with = "wire")]` where a field holds 64-bit
//! integers, numbers that may come as strings, floats that may not be finite, or bytes, however
//! deeply inside options, lists and maps. The forms are those of
//! [ProtoJSON](https://protobuf.dev/programming-guides/json/), except that bytes are written in
//! the URL-safe alphabet, as
//! [Discovery's own format](https://developers.google.com/discovery/v1/type-format) says.

mod bytes;
mod containers;
mod float;
mod integer;

use serde::{Deserialize, Deserializer, Serializer};

/// A value with a JSON form of its own.
pub trait Wire: Sized {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Only those of the serializer.
    fn to_wire<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value in any form that its type may take.
    ///
    /// # Errors
    ///
    /// If the JSON value is of another kind, or out of range.
    fn from_wire<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Writes `value`; for `#[serde(with = "wire")]`.
///
/// # Errors
///
/// Only those of the serializer.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_wire(serializer)
}

/// Reads a value; for `#[serde(with = "wire")]`.
///
/// # Errors
///
/// If the JSON value is of another kind, or out of range.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_wire(deserializer)
}

/// Reads `null` as the default; for `#[serde(deserialize_with = "wire::null_as_default")]`.
///
/// To a Google service `null` means that a field is not set, lists and maps included.
///
/// # Errors
///
/// Those of `T`.
pub fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
