//! Options, lists and maps.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::{
    decoding::Decoding,
    form::{Decoded, JsonForm, Written},
    value,
};

impl<T: JsonForm> JsonForm for Option<T> {
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error> {
        deserializer.deserialize_option(OptionVisitor(decoding, PhantomData))
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.to_json(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn from_null() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: JsonForm> JsonForm for Vec<T> {
    /// `null` reads as no elements.
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error> {
        deserializer.deserialize_option(ListVisitor(decoding, PhantomData))
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written))
    }

    fn from_null() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: JsonForm> JsonForm for BTreeMap<String, T> {
    /// `null` reads as no entries.
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error> {
        deserializer.deserialize_option(MapVisitor(decoding, PhantomData))
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, Written(value))))
    }

    fn from_null() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

struct OptionVisitor<'a, T>(&'a mut Decoding, PhantomData<T>);

impl<'de, T: JsonForm> Visitor<'de> for OptionVisitor<'_, T> {
    type Value = Decoded<Option<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Decoded::Value(None))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Decoded::Value(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Ok(T::from_json(deserializer, self.0)?.map(Some))
    }
}

struct ListVisitor<'a, T>(&'a mut Decoding, PhantomData<T>);

impl<'de, T: JsonForm> Visitor<'de> for ListVisitor<'_, T> {
    type Value = Decoded<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Decoded::Value(Vec::new()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    /// If one element does not fit, all of the list is kept as it came.
    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        loop {
            match sequence.next_element_seed(Item::<T>::new(self.0)) {
                Ok(Some(Decoded::Value(item))) => {
                    self.0.spend(size_of::<T>())?;
                    items.push(item);
                }
                Ok(Some(Decoded::Misfit(misfit))) => {
                    let mut values = items.iter().map(as_value).collect::<Result<Vec<_>, _>>()?;
                    values.push(misfit);
                    value::extend(&mut values, &mut sequence, self.0)?;
                    return Ok(Decoded::Misfit(Value::Array(values)));
                }
                Ok(None) => return Ok(Decoded::Value(items)),
                Err(error) => {
                    self.0.left_element(items.len());
                    return Err(error);
                }
            }
        }
    }
}

struct MapVisitor<'a, T>(&'a mut Decoding, PhantomData<T>);

impl<'de, T: JsonForm> Visitor<'de> for MapVisitor<'_, T> {
    type Value = Decoded<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Decoded::Value(BTreeMap::new()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    /// If one value does not fit, all of the map is kept as it came.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            match map.next_value_seed(Item::<T>::new(self.0)) {
                Ok(Decoded::Value(item)) => {
                    self.0.spend(size_of::<(String, T)>())?;
                    entries.insert(key, item);
                }
                Ok(Decoded::Misfit(misfit)) => {
                    let entries = entries.iter();
                    let values =
                        entries.map(|(key, item)| Ok((String::clone(key), as_value(item)?)));
                    let mut values = values.collect::<Result<Map<_, _>, A::Error>>()?;
                    values.insert(key, misfit);
                    value::extend_map(&mut values, &mut map, self.0)?;
                    return Ok(Decoded::Misfit(Value::Object(values)));
                }
                Err(error) => {
                    self.0.left_field(&key);
                    return Err(error);
                }
            }
        }
        Ok(Decoded::Value(entries))
    }
}

fn as_value<T: JsonForm, E: de::Error>(item: &T) -> Result<Value, E> {
    serde_json::to_value(Written(item)).map_err(E::custom)
}

/// Reads an element of a list or a value of a map, which may be `null`.
struct Item<'a, T>(&'a mut Decoding, PhantomData<T>);

impl<'a, T> Item<'a, T> {
    fn new(decoding: &'a mut Decoding) -> Self {
        Self(decoding, PhantomData)
    }
}

impl<'de, T: JsonForm> DeserializeSeed<'de> for Item<'_, T> {
    type Value = Decoded<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decoded<T>, D::Error> {
        Ok(match Option::<T>::from_json(deserializer, self.0)? {
            Decoded::Value(Some(value)) => Decoded::Value(value),
            Decoded::Value(None) => {
                T::from_null().map_or(Decoded::Misfit(Value::Null), Decoded::Value)
            }
            Decoded::Misfit(value) => Decoded::Misfit(value),
        })
    }
}
