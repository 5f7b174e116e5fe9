//! Enumerations that keep what they do not know.

use std::fmt;

use serde::{Deserializer, Serialize, Serializer};

use super::{
    decoding::Decoding,
    form::Decoded,
    scalar::{self, Scalar},
};

/// A value of an enumeration that this revision of the API does not list.
///
/// Services add values without notice, and may send a number instead of a name
/// ([ProtoJSON](https://protobuf.dev/programming-guides/json/)). Either is kept, and serialises as
/// it came.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<NameOrDecimal>);

/// On the heap, since it is rare and every enum would be as large.
#[derive(Clone, PartialEq, Eq, Hash)]
struct NameOrDecimal {
    text: String,
    number: Option<i64>,
}

impl UnknownValue {
    /// Returns the name, or the number in decimal.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Returns the number, if it was sent as one.
    pub fn as_number(&self) -> Option<i64> {
        self.0.number
    }
}

impl From<String> for UnknownValue {
    fn from(text: String) -> Self {
        let number = None;
        Self(Box::new(NameOrDecimal { text, number }))
    }
}

impl From<i64> for UnknownValue {
    fn from(number: i64) -> Self {
        let (text, number) = (number.to_string(), Some(number));
        Self(Box::new(NameOrDecimal { text, number }))
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_number() {
            Some(number) => write!(f, "{number}"),
            None => write!(f, "{:?}", self.as_str()),
        }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An enumeration of strings that also holds what it does not list.
///
/// Generated enums implement it by [`open_enum!`](crate::open_enum). Each has a variant
/// `UnknownValue(UnknownValue)` for what it does not list.
pub trait OpenEnum: Sized + Clone + PartialEq + 'static {
    /// Every listed value with its name on the wire.
    const VALUES: &'static [(&'static str, Self)];

    /// Returns the variant for a value that is not listed.
    #[doc(hidden)]
    fn unlisted(value: UnknownValue) -> Self;

    /// Returns the value if it is not listed.
    #[doc(hidden)]
    fn as_unlisted(&self) -> Option<&UnknownValue>;
}

/// Returns the name on the wire. A number that is not listed is written in decimal.
#[doc(hidden)]
pub fn name<T: OpenEnum>(value: &T) -> &str {
    if let Some(unknown) = value.as_unlisted() {
        return unknown.as_str();
    }
    T::VALUES
        .iter()
        .find_map(|(name, known)| (known == value).then_some(*name))
        .unwrap_or_default()
}

/// Returns the value of a name.
#[doc(hidden)]
pub fn from_name<T: OpenEnum>(name: &str) -> T {
    known(name).unwrap_or_else(|| T::unlisted(name.to_owned().into()))
}

/// Returns the value of a name that is already owned.
#[doc(hidden)]
pub fn from_string<T: OpenEnum>(name: String) -> T {
    known(&name).unwrap_or_else(|| T::unlisted(name.into()))
}

fn known<T: OpenEnum>(wanted: &str) -> Option<T> {
    T::VALUES
        .iter()
        .find_map(|(name, value)| (*name == wanted).then(|| value.clone()))
}

/// Reads a name or a number.
#[doc(hidden)]
pub fn from_json<'de, T: OpenEnum, D: Deserializer<'de>>(
    deserializer: D,
    decoding: &mut Decoding,
) -> Result<Decoded<T>, D::Error> {
    let decoded = scalar::read(deserializer, decoding)?;
    Ok(decoded.map(|Read(value)| value))
}

/// Writes the name, or the number of a value that came as one.
#[doc(hidden)]
pub fn to_json<T: OpenEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match value.as_unlisted().and_then(UnknownValue::as_number) {
        Some(number) => number.serialize(serializer),
        None => name(value).serialize(serializer),
    }
}

struct Read<T>(T);

impl<T: OpenEnum> Scalar for Read<T> {
    fn from_integer(number: i128) -> Option<Self> {
        let number = i64::try_from(number).ok()?;
        Some(Self(T::unlisted(number.into())))
    }

    fn from_float(number: f64) -> Option<Self> {
        let whole = number as i64;
        (whole as f64 == number).then(|| Self(T::unlisted(whole.into())))
    }

    fn from_text(name: &str) -> Option<Self> {
        Some(Self(from_name(name)))
    }
}

/// Makes an enum an [`OpenEnum`](crate::OpenEnum): lists its variants with their names on the wire.
/// Implements what every enum on the wire has: `as_str`, `Display`, `From<&str>`, `From<String>`,
/// `Serialize`, `Deserialize` and [`ParameterValue`](crate::ParameterValue).
///
/// ```
/// use discovery_runtime::{UnknownValue, open_enum};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum State {
///     Active,
///     UnknownValue(UnknownValue),
/// }
///
/// open_enum!(State { Active = "ACTIVE" });
///
/// assert_eq!(State::from("ACTIVE"), State::Active);
/// assert_eq!(State::from("NEW").as_str(), "NEW");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::OpenEnum for $name {
            const VALUES: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),*];

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
            /// Returns the value's name on the wire.
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

        impl $crate::JsonForm for $name {
            fn from_json<'de, D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
                decoding: &mut $crate::__private::Decoding,
            ) -> ::std::result::Result<$crate::__private::Decoded<Self>, D::Error> {
                $crate::__private::open_enum::from_json(deserializer, decoding)
            }

            fn to_json<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::__private::open_enum::to_json(self, serializer)
            }
        }

        $crate::serde_by_json_form!($name);

        impl $crate::ParameterValue for $name {
            fn to_parameter(&self) -> ::std::string::String {
                self.as_str().to_owned()
            }
        }
    };
}
