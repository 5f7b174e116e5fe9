//! The fields of messages, and the members of the JSON that they are read from.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, IgnoredAny, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// Returns whether the type is a message, a struct that serde would also read from a list of its fields.
pub(crate) fn is_message<T: DeserializeOwned>() -> bool {
    fields::<T>().is_some()
}

/// Returns the names of the fields of a message in JSON.
pub(crate) fn fields<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    match T::deserialize(Probe) {
        Err(Shape::Message(fields)) => Some(fields),
        _ => None,
    }
}

/// Returns whether JSON is an object with members, none of which is a field of the message.
pub(crate) fn has_only_unknown_fields<T: DeserializeOwned>(json: &[u8]) -> bool {
    let fields = fields::<T>().unwrap_or_default();
    let mut is_empty = true;
    let read = members(json, |name| {
        is_empty = false;
        !fields.contains(&name)
    });
    read && !is_empty && !fields.is_empty()
}

/// Reads the names of the members of a JSON object for as long as `go_on` returns `true`. Returns whether
/// it read all of them.
pub(crate) fn members(json: &[u8], go_on: impl FnMut(&str) -> bool) -> bool {
    let mut json = serde_json::Deserializer::from_slice(json);
    json.deserialize_map(Names(go_on)).is_ok()
}

struct Names<F>(F);

impl<'de, F: FnMut(&str) -> bool> Visitor<'de> for Names<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            if !(self.0)(&name) {
                return Err(de::Error::custom("not read to the end"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// A deserializer without a value, which only learns the type that is deserialized.
struct Probe;

#[derive(Debug)]
enum Shape {
    Message(&'static [&'static str]),
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
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Shape> {
        Err(Shape::Message(fields))
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
    use super::*;
    use crate::poller::operation::Operation;
    use serde_json::Value;

    #[test]
    fn structs_are_messages() {
        assert!(is_message::<Operation>());
        assert!(!is_message::<Vec<Operation>>());
        assert!(!is_message::<std::collections::BTreeMap<String, Value>>());
        assert!(!is_message::<Value>());
    }

    #[test]
    fn members_that_no_field_has_are_unknown() {
        for (json, expected) in [
            (r#"{"result":{"name":"a"}}"#, true),
            (r#"{"a":1,"b":[{}]}"#, true),
            (r#"{"a":1,"name":"o"}"#, false),
            (r#"{"name":"o","a":1}"#, false),
            ("{}", false),
            ("[]", false),
            (r#"{"a":"#, false),
        ] {
            assert_eq!(
                has_only_unknown_fields::<Operation>(json.as_bytes()),
                expected,
                "{json}"
            );
            assert!(!has_only_unknown_fields::<Value>(json.as_bytes()));
        }
    }
}
