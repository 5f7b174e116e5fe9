//! JSON of any kind.

use std::fmt;

use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::{
    decoding::Decoding,
    form::{Decoded, JsonForm, Seed},
};

/// The memory that an object takes beside its values, in bytes: a node of its tree.
const OBJECT: usize = 640;

impl JsonForm for Value {
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error> {
        let value = deserializer.deserialize_any(ValueVisitor(decoding))?;
        Ok(Decoded::Value(value))
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn from_null() -> Option<Self> {
        Some(Self::Null)
    }
}

/// Reads whatever comes.
pub(super) struct ValueVisitor<'a>(pub(super) &'a mut Decoding);

impl<'de> Visitor<'de> for ValueVisitor<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        extend(&mut values, &mut sequence, self.0)?;
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        extend_map(&mut values, &mut map, self.0)?;
        Ok(Value::Object(values))
    }
}

/// Reads the rest of a list.
pub(super) fn extend<'de, A: SeqAccess<'de>>(
    values: &mut Vec<Value>,
    sequence: &mut A,
    decoding: &mut Decoding,
) -> Result<(), A::Error> {
    while let Some(value) = sequence.next_element_seed(Seed::new(decoding))? {
        decoding.spend(size_of::<Value>())?;
        values.push(whatever(value));
    }
    Ok(())
}

/// Reads the rest of an object.
pub(super) fn extend_map<'de, A: MapAccess<'de>>(
    values: &mut Map<String, Value>,
    map: &mut A,
    decoding: &mut Decoding,
) -> Result<(), A::Error> {
    while let Some(name) = map.next_key::<String>()? {
        let first = if values.is_empty() { OBJECT } else { 0 };
        decoding.spend(first + size_of::<(String, Value)>())?;
        let value = map.next_value_seed(Seed::new(decoding))?;
        values.insert(name, whatever(value));
    }
    Ok(())
}

fn whatever(value: Decoded<Value>) -> Value {
    match value {
        Decoded::Value(value) | Decoded::Misfit(value) => value,
    }
}
