//! What kind of JSON a type is read from.

use std::fmt;

use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// Whether the type is a message, a struct that serde would also read from a list of its fields.
pub(crate) fn is_message<T: DeserializeOwned>() -> bool {
    matches!(T::deserialize(Probe), Err(Shape::Message))
}

/// A deserializer that has no value and only learns what is asked of it.
struct Probe;

#[derive(Debug)]
enum Shape {
    Message,
    Other,
}

impl<'de> Deserializer<'de> for Probe {
    type Error = Shape;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Shape> {
        Err(Shape::Other)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Shape> {
        Err(Shape::Message)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl de::Error for Shape {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Other
    }
}

impl std::error::Error for Shape {}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::is_message;
    use crate::poller::operation::Operation;
    use serde_json::Value;

    #[test]
    fn structs_are_messages() {
        assert!(is_message::<Operation>());
        assert!(!is_message::<Vec<Operation>>());
        assert!(!is_message::<std::collections::BTreeMap<String, Value>>());
        assert!(!is_message::<Value>());
    }
}
