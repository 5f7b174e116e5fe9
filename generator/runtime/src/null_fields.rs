//! Fields that a request sets to `null`.
//!
//! Absent fields are left out of a message, so a `PATCH` that is to clear one has to name it. The
//! names are checked against the message's own, which its `Deserialize` tells: a path is followed
//! through the type without a value of it.

use std::fmt;

use serde::Deserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

/// The path of a field, from the message inwards.
pub(crate) type FieldPath = Vec<String>;

/// Follows a path such as `labels.env` through the fields of a `T`. In a map, what is left of the
/// path is the key, dots included.
///
/// # Errors
///
/// What the path should have named.
pub(crate) fn resolve<T: DeserializeOwned>(path: &str) -> Result<FieldPath, String> {
    let mut found = FieldPath::new();
    match T::deserialize(Follow {
        rest: Some(path),
        found: &mut found,
    }) {
        Err(Outcome::Found) => Ok(found),
        Err(Outcome::Unknown(message)) => Err(message),
        // A type that takes anything without looking has no fields to name.
        Ok(_) => Err(format!("`{path}` names no field")),
    }
}

/// Sets the field to `null`, making the objects around it where they are absent.
pub(crate) fn clear(message: &mut Value, path: &[String]) {
    let Some((last, outer)) = path.split_last() else {
        return;
    };
    let mut object = message;
    for name in outer {
        object = entry(object, name);
        if !object.is_object() {
            *object = Value::Object(Map::new());
        }
    }
    *entry(object, last) = Value::Null;
}

fn entry<'a>(value: &'a mut Value, name: &str) -> &'a mut Value {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    &mut value[name]
}

/// A deserializer that has no value, only a path to follow.
struct Follow<'a> {
    rest: Option<&'a str>,
    found: &'a mut FieldPath,
}

/// Why following ended; never a value.
#[derive(Debug)]
enum Outcome {
    Found,
    Unknown(String),
}

impl<'de> Deserializer<'de> for Follow<'_> {
    type Error = Outcome;

    /// A leaf, or a value of any shape.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Outcome> {
        match self.rest {
            None => Err(Outcome::Found),
            Some(rest) => Err(Outcome::Unknown(format!(
                "`{rest}` is no field of what is not a message"
            ))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Outcome> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Outcome> {
        let Some(path) = self.rest else {
            return Err(Outcome::Found);
        };
        let (name, rest) = match path.split_once('.') {
            Some((name, rest)) => (name, Some(rest)),
            None => (path, None),
        };
        if !fields.contains(&name) {
            let known = fields.join("`, `");
            return Err(Outcome::Unknown(format!("`{name}` is none of `{known}`")));
        }
        self.found.push(name.to_owned());
        visitor.visit_map(Step {
            name: Some(name),
            rest,
            found: self.found,
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Outcome> {
        self.found.extend(self.rest.map(str::to_owned));
        Err(Outcome::Found)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct enum identifier ignored_any
    }
}

/// A map of the one field that the path goes through.
struct Step<'a> {
    name: Option<&'a str>,
    rest: Option<&'a str>,
    found: &'a mut FieldPath,
}

impl<'de> MapAccess<'de> for Step<'_> {
    type Error = Outcome;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Outcome> {
        let name = self.name.take();
        name.map(|name| seed.deserialize(de::value::StrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Outcome> {
        seed.deserialize(Follow {
            rest: self.rest,
            found: self.found,
        })
    }
}

impl de::Error for Outcome {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Unknown(message.to_string())
    }
}

impl std::error::Error for Outcome {}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found => f.write_str("found"),
            Self::Unknown(message) => f.write_str(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    #[allow(dead_code, reason = "only the names matter")]
    struct App {
        display_name: Option<String>,
        labels: BTreeMap<String, String>,
        owner: Option<Box<Owner>>,
        #[serde(with = "crate::wire")]
        size: Option<i64>,
        tags: Vec<String>,
        extra: Option<Value>,
    }

    #[derive(Default, Deserialize)]
    #[serde(default)]
    #[allow(dead_code, reason = "only the names matter")]
    struct Owner {
        name: Option<String>,
    }

    #[test]
    fn paths_follow_the_names_on_the_wire() {
        for (path, expected) in [
            ("displayName", &["displayName"][..]),
            ("size", &["size"]),
            ("tags", &["tags"]),
            ("extra", &["extra"]),
            ("owner", &["owner"]),
            ("owner.name", &["owner", "name"]),
            ("labels", &["labels"]),
            ("labels.k8s.io/env", &["labels", "k8s.io/env"]),
        ] {
            assert_eq!(resolve::<App>(path).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn a_name_that_the_message_has_not_is_refused() {
        for (path, expected) in [
            (
                "display_name",
                "`display_name` is none of `displayName`, `labels`, `owner`, `size`, `tags`, `extra`",
            ),
            ("owner.nom", "`nom` is none of `name`"),
            ("size.of", "`of` is no field of what is not a message"),
            (
                "",
                "`` is none of `displayName`, `labels`, `owner`, `size`, `tags`, `extra`",
            ),
        ] {
            assert_eq!(resolve::<App>(path).unwrap_err(), expected, "{path}");
        }
    }

    #[test]
    fn clearing_makes_what_is_around_it() {
        let mut message = json!({"labels": {"a": "b"}});
        for path in [&["labels", "env"][..], &["owner", "name"], &["size"]] {
            let path: FieldPath = path.iter().map(|name| (*name).to_owned()).collect();
            clear(&mut message, &path);
        }
        let expected =
            json!({"labels": {"a": "b", "env": null}, "owner": {"name": null}, "size": null});
        assert_eq!(message, expected);
    }
}
