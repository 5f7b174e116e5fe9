//! Enumerations that keep what they do not know.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// A value of an enumeration that this revision of the API does not list.
///
/// Services add values without notice, and may send a number instead of a name
/// ([ProtoJSON](https://protobuf.dev/programming-guides/json/)). Either is kept, and serialises as
/// it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownValue {
    text: String,
    number: Option<i64>,
}

impl UnknownValue {
    /// The name, or the number in decimal.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number, if it was sent as one.
    pub fn as_number(&self) -> Option<i64> {
        self.number
    }
}

impl From<String> for UnknownValue {
    fn from(text: String) -> Self {
        Self { text, number: None }
    }
}

impl From<i64> for UnknownValue {
    fn from(number: i64) -> Self {
        Self {
            text: number.to_string(),
            number: Some(number),
        }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An enumeration of strings that also holds what it does not list.
///
/// Generated enums implement this and let [`open_enum!`](crate::open_enum) derive the rest. Each
/// has a variant `UnknownValue(UnknownValue)` for what it does not list.
pub trait OpenEnum: Sized + Clone + PartialEq + 'static {
    /// Every listed value with its name on the wire.
    const VALUES: &'static [(&'static str, Self)];
}

/// The way to and from the variant for what is not listed; [`open_enum!`](crate::open_enum) knows it.
#[doc(hidden)]
pub trait Unlisted: OpenEnum {
    fn unlisted(value: UnknownValue) -> Self;

    fn as_unlisted(&self) -> Option<&UnknownValue>;
}

/// The name on the wire. A number that is not listed is written in decimal.
#[doc(hidden)]
pub fn name<T: Unlisted>(value: &T) -> &str {
    if let Some(unknown) = value.as_unlisted() {
        return unknown.as_str();
    }
    T::VALUES
        .iter()
        .find_map(|(name, known)| (known == value).then_some(*name))
        .unwrap_or_default()
}

/// The value of a name.
#[doc(hidden)]
pub fn from_name<T: Unlisted>(name: &str) -> T {
    known(name).unwrap_or_else(|| T::unlisted(name.to_owned().into()))
}

/// The value of a name that is already owned.
#[doc(hidden)]
pub fn from_string<T: Unlisted>(name: String) -> T {
    known(&name).unwrap_or_else(|| T::unlisted(name.into()))
}

fn known<T: Unlisted>(wanted: &str) -> Option<T> {
    T::VALUES
        .iter()
        .find_map(|(name, value)| (*name == wanted).then(|| value.clone()))
}

#[doc(hidden)]
pub fn serialize<T: Unlisted, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match value.as_unlisted().and_then(UnknownValue::as_number) {
        Some(number) => number.serialize(serializer),
        None => name(value).serialize(serializer),
    }
}

#[doc(hidden)]
pub fn deserialize<'de, T: Unlisted, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match NameOrNumber::deserialize(deserializer)? {
        NameOrNumber::Name(name) => Ok(from_string(name)),
        NameOrNumber::Number(number) => Ok(T::unlisted(number.into())),
    }
}

enum NameOrNumber {
    Name(String),
    Number(i64),
}

impl<'de> Deserialize<'de> for NameOrNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameOrNumberVisitor)
    }
}

struct NameOrNumberVisitor;

impl Visitor<'_> for NameOrNumberVisitor {
    type Value = NameOrNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name or number of an enum value")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<NameOrNumber, E> {
        self.visit_string(name.to_owned())
    }

    fn visit_string<E: de::Error>(self, name: String) -> Result<NameOrNumber, E> {
        Ok(NameOrNumber::Name(name))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<NameOrNumber, E> {
        Ok(NameOrNumber::Number(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<NameOrNumber, E> {
        i64::try_from(number)
            .map(NameOrNumber::Number)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<NameOrNumber, E> {
        let whole = number as i64;
        if whole as f64 == number {
            return Ok(NameOrNumber::Number(whole));
        }
        Err(E::invalid_value(de::Unexpected::Float(number), &self))
    }
}

/// Derives for an [`OpenEnum`](crate::OpenEnum) what every enum on the wire has:
/// `as_str`, `Display`, `From<&str>`, `From<String>`, `Serialize`, `Deserialize` and
/// [`ParameterValue`](crate::ParameterValue).
///
/// ```
/// use discovery_runtime::{OpenEnum, UnknownValue, open_enum};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum State {
///     Active,
///     UnknownValue(UnknownValue),
/// }
///
/// impl OpenEnum for State {
///     const VALUES: &'static [(&'static str, Self)] = &[("ACTIVE", State::Active)];
/// }
///
/// open_enum!(State);
///
/// assert_eq!(State::from("ACTIVE"), State::Active);
/// assert_eq!(State::from("NEW").as_str(), "NEW");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl $crate::__private::open_enum::Unlisted for $name {
            fn unlisted(value: $crate::UnknownValue) -> Self {
                Self::UnknownValue(value)
            }

            fn as_unlisted(&self) -> ::std::option::Option<&$crate::UnknownValue> {
                match self {
                    Self::UnknownValue(value) => ::std::option::Option::Some(value),
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl $name {
            /// The value's name on the wire.
            pub fn as_str(&self) -> &str {
                $crate::__private::open_enum::name(self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(name: &str) -> Self {
                $crate::__private::open_enum::from_name(name)
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(name: ::std::string::String) -> Self {
                $crate::__private::open_enum::from_string(name)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::__private::open_enum::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::__private::open_enum::deserialize(deserializer)
            }
        }

        impl $crate::ParameterValue for $name {
            fn to_parameter(&self) -> ::std::string::String {
                self.as_str().to_owned()
            }
        }
    };
}
