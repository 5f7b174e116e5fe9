//! Messages of any type.

use serde::{Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    decoding::Decoding,
    form::{Decoded, JsonForm},
    value::ValueVisitor,
};
use crate::error::{self, Result};

/// A message that names its own type: `google.protobuf.Any` as JSON has it, an object with `@type`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Any(Map<String, Value>);

impl Any {
    /// The type, such as `type.googleapis.com/google.protobuf.Empty`.
    pub fn type_url(&self) -> Option<&str> {
        self.0.get("@type")?.as_str()
    }

    /// The message as a `T`, which has no `@type`.
    ///
    /// The types of messages are not in Discovery documents, so it is up to the caller which `T`
    /// fits [`type_url`](Self::type_url).
    ///
    /// # Errors
    ///
    /// If the message is not JSON of a `T`.
    pub fn unpack<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.message()).map_err(error::deserialization)
    }

    /// The object, with its `@type`.
    pub fn as_object(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The object without its `@type`, or for a well-known type its `value`
    /// ([ProtoJSON](https://protobuf.dev/programming-guides/json/#any)).
    fn message(&self) -> Value {
        let well_known = self
            .type_url()
            .is_some_and(|name| name.contains("/google.protobuf."));
        match self.0.get("value") {
            Some(value) if well_known => value.clone(),
            _ => {
                let fields = self.0.iter().filter(|(name, _)| *name != "@type");
                Value::Object(
                    fields
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                )
            }
        }
    }
}

impl JsonForm for Any {
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error> {
        let value = deserializer.deserialize_any(ValueVisitor(decoding))?;
        Ok(match value {
            Value::Object(object) => Decoded::Value(Self(object)),
            other => Decoded::Misfit(other),
        })
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

crate::serde_by_json_form!(Any);

impl From<Map<String, Value>> for Any {
    fn from(object: Map<String, Value>) -> Self {
        Self(object)
    }
}
