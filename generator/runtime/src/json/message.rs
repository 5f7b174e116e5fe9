//! Messages: structs that are JSON objects.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serializer,
    de::{self, MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::Value;

use super::{
    decoding::Decoding,
    form::{Decoded, JsonForm, Seed, Written},
    unknown_fields::UnknownFields,
};

/// A message of an API; [`message!`](crate::message) implements it.
pub trait Message: Default {
    /// The names of its fields in JSON.
    const FIELDS: &'static [&'static str];

    /// The bytes that the message takes on the heap.
    #[doc(hidden)]
    const HEAP: usize = 0;

    /// Reads the value of a field. Returns one that no field of the type can hold.
    #[doc(hidden)]
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        fields: &mut FieldReader<'_, A>,
    ) -> Result<Option<Value>, A::Error>;

    /// Writes all fields that are present.
    #[doc(hidden)]
    fn write_fields<S: SerializeMap>(&self, fields: &mut FieldWriter<'_, S>);

    /// Returns the fields that the type does not know.
    fn unknown_fields(&self) -> &UnknownFields;

    /// Returns the fields that the type does not know, to be changed.
    fn unknown_fields_mut(&mut self) -> &mut UnknownFields;
}

impl<M: Message> Message for Box<M> {
    const FIELDS: &'static [&'static str] = M::FIELDS;

    const HEAP: usize = size_of::<M>();

    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        fields: &mut FieldReader<'_, A>,
    ) -> Result<Option<Value>, A::Error> {
        M::read_field(self, name, fields)
    }

    fn write_fields<S: SerializeMap>(&self, fields: &mut FieldWriter<'_, S>) {
        M::write_fields(self, fields);
    }

    fn unknown_fields(&self) -> &UnknownFields {
        M::unknown_fields(self)
    }

    fn unknown_fields_mut(&mut self) -> &mut UnknownFields {
        M::unknown_fields_mut(self)
    }
}

impl<M: Message> JsonForm for M {
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<M>, D::Error> {
        let visitor = MessageVisitor {
            decoding,
            message: PhantomData,
        };
        deserializer.deserialize_struct("", M::FIELDS, visitor)
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = FieldWriter {
            map: serializer.serialize_map(None)?,
            unknown: self.unknown_fields(),
            written: Vec::new(),
            error: None,
        };
        self.write_fields(&mut writer);
        writer.finish()
    }

    fn from_null() -> Option<M> {
        Some(M::default())
    }
}

struct MessageVisitor<'a, M> {
    decoding: &'a mut Decoding,
    message: PhantomData<M>,
}

impl<'de, M: Message> Visitor<'de> for MessageVisitor<'_, M> {
    type Value = Decoded<M>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Decoded<M>, A::Error> {
        self.decoding.spend(M::HEAP)?;
        let mut message = M::default();
        let mut fields = FieldReader {
            map,
            decoding: self.decoding,
        };
        while let Some(Name(name)) = fields.map.next_key()? {
            match message.read_field(&name, &mut fields) {
                Ok(None) => {}
                Ok(Some(value)) => message.unknown_fields_mut().insert(name, value),
                Err(error) => {
                    fields.decoding.left_field(&name);
                    return Err(error);
                }
            }
        }
        Ok(Decoded::Value(message))
    }
}

/// The name of a field, borrowed where the deserializer lends it.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

/// Reads the fields of a message.
#[doc(hidden)]
#[derive(Debug)]
pub struct FieldReader<'a, A> {
    map: A,
    decoding: &'a mut Decoding,
}

impl<'de, A: MapAccess<'de>> FieldReader<'_, A> {
    /// Reads a field of the type. The last one of a name wins.
    #[doc(hidden)]
    pub fn read<T: JsonForm>(&mut self, field: &mut T) -> Result<Option<Value>, A::Error> {
        match self.map.next_value_seed(Seed::new(self.decoding))? {
            Decoded::Value(value) => {
                *field = value;
                Ok(None)
            }
            Decoded::Misfit(value) => Ok(Some(value)),
        }
    }

    /// Reads a field that the type does not know.
    #[doc(hidden)]
    pub fn unknown(&mut self) -> Result<Option<Value>, A::Error> {
        let mut value = Value::Null;
        self.read(&mut value)?;
        Ok(Some(value))
    }
}

/// Writes the fields of a message.
#[doc(hidden)]
#[derive(Debug)]
pub struct FieldWriter<'a, S: SerializeMap> {
    map: S,
    unknown: &'a UnknownFields,
    /// The fields that were written although there are unknown ones of their names.
    written: Vec<&'static str>,
    error: Option<S::Error>,
}

impl<S: SerializeMap> FieldWriter<'_, S> {
    /// Writes a field unless it is absent.
    #[doc(hidden)]
    pub fn write<T: JsonForm>(&mut self, name: &'static str, field: &T) {
        if self.error.is_some() || field.is_absent() {
            return;
        }
        if self.unknown.get(name).is_some() {
            self.written.push(name);
        }
        self.error = self.map.serialize_entry(name, &Written(field)).err();
    }

    fn finish(mut self) -> Result<S::Ok, S::Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        for (name, value) in self.unknown.iter() {
            if !self.written.contains(&name) {
                self.map.serialize_entry(name, value)?;
            }
        }
        self.map.end()
    }
}
