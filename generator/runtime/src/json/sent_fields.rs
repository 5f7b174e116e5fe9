//! Fields that a request sends although they are empty.
//!
//! Absent fields are left out of a message, so a request that is to clear one has to name it. The
//! names are checked against those of the message's type: its `Deserialize` follows a path through
//! the fields without a value.

use serde::Deserializer;
use serde::de::value::{Error as Stopped, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use crate::error::invalid::excerpt;

/// The deepest field that can be named. JSON readers refuse messages that are nested deeper.
const MAX_DEPTH: usize = 100;

/// A field and the empty value that is sent for it.
#[derive(Clone, Debug)]
pub(crate) struct SentField {
    path: Vec<String>,
    value: Value,
}

impl SentField {
    /// Follows a path such as `labels.env` through the fields of a `T`; the field is to be `null`.
    /// In a map, the rest of the path is the key, dots included.
    ///
    /// # Errors
    ///
    /// If the path names no field.
    pub(crate) fn null<T: DeserializeOwned>(path: &str) -> Result<Self, String> {
        let (path, _) = resolve::<T>(path)?;
        let value = Value::Null;
        Ok(Self { path, value })
    }

    /// Follows a path as [`null`](Self::null) does; the field is to be `[]` or `{}`.
    ///
    /// # Errors
    ///
    /// If the path names no field, or one that is not a list, a map or a message.
    pub(crate) fn empty<T: DeserializeOwned>(path: &str) -> Result<Self, String> {
        let (names, kind) = resolve::<T>(path)?;
        let value = match kind {
            Kind::List => Value::Array(Vec::new()),
            Kind::Object => Value::Object(Map::new()),
            Kind::Other => {
                return Err(format!(
                    "`{path}` is not a list, a map or a message: set it to a value, or to null"
                ));
            }
        };
        Ok(Self { path: names, value })
    }

    /// Sets the field if the message lacks it, making the objects around it.
    pub(crate) fn set(&self, message: &mut Value) {
        let Some((last, outer)) = self.path.split_last() else {
            return;
        };
        let mut object = message;
        for name in outer {
            object = entry(object, name);
        }
        let field = entry(object, last);
        if field.is_null() || self.value.is_null() {
            *field = self.value.clone();
        }
    }
}

fn entry<'a>(value: &'a mut Value, name: &str) -> &'a mut Value {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    &mut value[name]
}

fn resolve<T: DeserializeOwned>(path: &str) -> Result<(Vec<String>, Kind), String> {
    let mut trail = Trail::default();
    let follow = Follow {
        rest: Some(path),
        trail: &mut trail,
    };
    // There is never a value; the result is where the trail ended.
    let _ = T::deserialize(follow);
    match trail.end {
        Some(Ok(kind)) => Ok((trail.names, kind)),
        Some(Err(message)) => Err(message),
        // A type that takes anything without looking has no fields to name.
        None => Err(format!("`{path}` names no field")),
    }
}

/// The way of a path through the fields of a type.
#[derive(Default)]
struct Trail {
    names: Vec<String>,
    end: Option<Result<Kind, String>>,
}

/// The kind of JSON that a field is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    List,
    Object,
    Other,
}

/// A deserializer that has no value, only a path to follow.
struct Follow<'a> {
    rest: Option<&'a str>,
    trail: &'a mut Trail,
}

impl Follow<'_> {
    /// Ends at a value of this kind, which has no fields.
    fn end<T>(self, kind: Kind) -> Result<T, Stopped> {
        let end = match self.rest {
            None => Ok(kind),
            Some(rest) => Err(format!("`{rest}`: only messages and maps have fields")),
        };
        self.stop(end)
    }

    fn stop<T>(self, end: Result<Kind, String>) -> Result<T, Stopped> {
        self.trail.end = Some(end);
        Err(Stopped::custom("stopped"))
    }
}

impl<'de> Deserializer<'de> for Follow<'_> {
    type Error = Stopped;

    /// A leaf, or a value of any shape.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        self.end(Kind::Other)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        self.end(Kind::List)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        let Some(path) = self.rest else {
            return self.end(Kind::Object);
        };
        if self.trail.names.len() == MAX_DEPTH {
            let path = excerpt(path);
            return self.stop(Err(format!("{path} is more than {MAX_DEPTH} fields deep")));
        }
        let (name, rest) = match path.split_once('.') {
            Some((name, rest)) => (name, Some(rest)),
            None => (path, None),
        };
        if !fields.contains(&name) {
            let known = fields.join("`, `");
            return self.stop(Err(format!("`{name}` is not one of `{known}`")));
        }
        self.trail.names.push(name.to_owned());
        visitor.visit_map(Step {
            name: Some(name),
            rest,
            trail: self.trail,
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        let kind = self.rest.map_or(Kind::Object, |_| Kind::Other);
        self.trail.names.extend(self.rest.map(str::to_owned));
        self.stop(Ok(kind))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct enum identifier ignored_any
    }
}

/// A map of the one field that the path goes through.
struct Step<'a> {
    name: Option<&'a str>,
    rest: Option<&'a str>,
    trail: &'a mut Trail,
}

impl<'de> MapAccess<'de> for Step<'_> {
    type Error = Stopped;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stopped> {
        let name = self.name.take();
        name.map(|name| seed.deserialize(StrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stopped> {
        seed.deserialize(Follow {
            rest: self.rest,
            trail: self.trail,
        })
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "only the names of fields matter")]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::json::unknown_fields::UnknownFields;

    #[derive(Default)]
    struct App {
        display_name: Option<String>,
        labels: BTreeMap<String, String>,
        owner: Option<Box<Owner>>,
        size: Option<i64>,
        tags: Vec<String>,
        extra: Option<Value>,
        unknown_fields: UnknownFields,
    }

    crate::message!(App {
        display_name = "displayName" set_display_name(String),
        labels = "labels" set_labels({String}),
        owner = "owner" set_owner(Box Owner),
        size = "size" set_size(i64),
        tags = "tags" set_tags([String]),
        extra = "extra" set_extra(Value)
    });

    #[derive(Default)]
    struct Owner {
        name: Option<String>,
        unknown_fields: UnknownFields,
    }

    crate::message!(Owner { name = "name" set_name(String) });

    #[test]
    fn paths_follow_the_names_on_the_wire() {
        for (path, expected, kind) in [
            ("displayName", &["displayName"][..], Kind::Other),
            ("size", &["size"], Kind::Other),
            ("tags", &["tags"], Kind::List),
            ("extra", &["extra"], Kind::Other),
            ("owner", &["owner"], Kind::Object),
            ("owner.name", &["owner", "name"], Kind::Other),
            ("labels", &["labels"], Kind::Object),
            ("labels.k8s.io/env", &["labels", "k8s.io/env"], Kind::Other),
        ] {
            let expected = expected.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(resolve::<App>(path).unwrap(), (expected, kind), "{path}");
        }
    }

    #[test]
    fn a_name_that_the_message_lacks_is_refused() {
        for (path, expected) in [
            (
                "display_name",
                "`display_name` is not one of `displayName`, `labels`, `owner`, `size`, `tags`, `extra`",
            ),
            ("owner.nom", "`nom` is not one of `name`"),
            ("size.of", "`of`: only messages and maps have fields"),
            (
                "",
                "`` is not one of `displayName`, `labels`, `owner`, `size`, `tags`, `extra`",
            ),
        ] {
            assert_eq!(resolve::<App>(path).unwrap_err(), expected, "{path}");
        }
    }

    #[derive(Default)]
    struct Node {
        child: Option<Box<Node>>,
        unknown_fields: UnknownFields,
    }

    crate::message!(Node { child = "child" set_child(Box Node) });

    #[test]
    fn a_path_has_a_depth_that_can_be_sent() {
        let path = |depth| vec!["child"; depth].join(".");
        let mut message = Value::Null;
        let deepest = SentField::null::<Node>(&path(MAX_DEPTH)).unwrap();
        deepest.set(&mut message);
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), message);
        for depth in [MAX_DEPTH + 1, 10_000] {
            let message = resolve::<Node>(&path(depth)).unwrap_err();
            assert!(
                message.ends_with(" is more than 100 fields deep"),
                "{message}"
            );
            assert!(message.len() < 200, "{message}");
        }
    }

    #[test]
    fn fields_are_set_with_the_objects_around_them() {
        let mut message = json!({"labels": {"a": "b"}, "size": "5"});
        for path in ["labels.env", "owner.name", "size"] {
            SentField::null::<App>(path).unwrap().set(&mut message);
        }
        let expected =
            json!({"labels": {"a": "b", "env": null}, "owner": {"name": null}, "size": null});
        assert_eq!(message, expected);
    }

    #[test]
    fn only_what_is_absent_is_sent_empty() {
        let mut message = json!({"labels": {"a": "b"}});
        for path in ["labels", "tags", "owner"] {
            SentField::empty::<App>(path).unwrap().set(&mut message);
        }
        assert_eq!(
            message,
            json!({"labels": {"a": "b"}, "tags": [], "owner": {}})
        );
        assert_eq!(
            SentField::empty::<App>("size").unwrap_err(),
            "`size` is not a list, a map or a message: set it to a value, or to null"
        );
    }
}
