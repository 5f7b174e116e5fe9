//! The wrapper of messages in older services: `{"data": {…}}`.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor},
};

use crate::json::parsing;

/// Returns the JSON of a message in the wrapper.
pub(super) fn wrapped(message: &[u8]) -> Vec<u8> {
    [br#"{"data":"#, message, b"}"].concat()
}

/// Decodes the message in the wrapper, or one without it.
pub(super) fn unwrapped<R: DeserializeOwned>(body: &[u8]) -> serde_json::Result<R> {
    match parsing::from_slice(body)? {
        Wrapper(Some(message)) => Ok(message),
        Wrapper(None) => parsing::from_slice(body),
    }
}

/// An object with a message in its member `data`.
struct Wrapper<R>(Option<R>);

impl<'de, R: Deserialize<'de>> Deserialize<'de> for Wrapper<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(WrapperVisitor(PhantomData))
    }
}

struct WrapperVisitor<R>(PhantomData<R>);

impl<'de, R: Deserialize<'de>> Visitor<'de> for WrapperVisitor<R> {
    type Value = Wrapper<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Wrapper<R>, A::Error> {
        let mut message = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == "data" {
                message = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Wrapper(message))
    }
}
