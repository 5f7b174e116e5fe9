//! Values that setters take.

use std::{borrow::Cow, collections::BTreeMap, time::SystemTime};

use bytes::Bytes;
use google_cloud_wkt::{Duration, FieldMask, Timestamp};
use serde_json::Value;

use super::{message::Message, open_enum::OpenEnum, time};

/// A value that a setter assigns to a field of type `T`.
///
/// A field that may be absent takes its value or something that converts without loss, such as
/// `&str` for a `String`, an enum or a `FieldMask`, and an `Option` of either; `None` clears the
/// field. Lists and maps take any iterator. Durations and timestamps take the types of the standard
/// library, and end where JSON's do: after 10,000 years, and at the end of the year 9999.
///
/// Setters cannot fail, and not every text is a time. So text is converted before:
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use discovery_runtime::{Duration, IntoField, Timestamp};
/// let start: Option<Timestamp> = Timestamp::try_from("2026-01-01T12:00:00+02:00")?.into_field();
/// let timeout: Option<Duration> = Duration::try_from("3.5s")?.into_field();
/// assert!(Timestamp::try_from("tomorrow").is_err());
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot be set to `{Self}`",
    note = "text becomes a timestamp or a duration by `try_from`, since not every text is one"
)]
pub trait IntoField<T> {
    /// Returns the value of the field.
    fn into_field(self) -> T;
}

impl<T> IntoField<Option<T>> for T {
    fn into_field(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoField<Self> for Option<T> {
    fn into_field(self) -> Self {
        self
    }
}

impl<M: Message> IntoField<Option<Box<M>>> for M {
    fn into_field(self) -> Option<Box<M>> {
        Some(Box::new(self))
    }
}

impl<M: Message> IntoField<Option<Box<M>>> for Option<M> {
    fn into_field(self) -> Option<Box<M>> {
        self.map(Box::new)
    }
}

impl<T, I: IntoIterator<Item: IntoField<Option<T>>>> IntoField<Vec<T>> for I {
    fn into_field(self) -> Vec<T> {
        self.into_iter().filter_map(IntoField::into_field).collect()
    }
}

impl<T, K, V, I> IntoField<BTreeMap<String, T>> for I
where
    K: Into<String>,
    V: IntoField<Option<T>>,
    I: IntoIterator<Item = (K, V)>,
{
    fn into_field(self) -> BTreeMap<String, T> {
        self.into_iter()
            .filter_map(|(key, value)| Some((key.into(), value.into_field()?)))
            .collect()
    }
}

impl<E: OpenEnum + From<String>> IntoField<Option<E>> for &str {
    fn into_field(self) -> Option<E> {
        Some(self.to_owned().into())
    }
}

impl<E: OpenEnum + From<String>> IntoField<Option<E>> for String {
    fn into_field(self) -> Option<E> {
        Some(self.into())
    }
}

impl<E: OpenEnum + From<String>> IntoField<Option<E>> for Option<&str> {
    fn into_field(self) -> Option<E> {
        self.and_then(IntoField::into_field)
    }
}

impl<const N: usize> IntoField<Option<FieldMask>> for [&str; N] {
    fn into_field(self) -> Option<FieldMask> {
        Some(FieldMask::default().set_paths(self))
    }
}

impl IntoField<Option<FieldMask>> for &[&str] {
    fn into_field(self) -> Option<FieldMask> {
        Some(FieldMask::default().set_paths(self.iter().copied()))
    }
}

impl IntoField<Option<FieldMask>> for Vec<String> {
    fn into_field(self) -> Option<FieldMask> {
        Some(FieldMask::default().set_paths(self))
    }
}

impl IntoField<Option<FieldMask>> for &str {
    /// Takes paths that are separated by commas.
    fn into_field(self) -> Option<FieldMask> {
        Some(FieldMask::default().set_paths(self.split(',')))
    }
}

macro_rules! into_field {
    ($target:ty: $($source:ty),+) => {
        $(into_field!($target: $source => Into::into);)+
    };
    ($target:ty: $source:ty => $convert:expr) => {
        impl IntoField<Option<$target>> for $source {
            fn into_field(self) -> Option<$target> {
                Some($convert(self))
            }
        }

        impl IntoField<Option<$target>> for Option<$source> {
            fn into_field(self) -> Option<$target> {
                self.map($convert)
            }
        }
    };
}

into_field!(String: &str, &String, Cow<'_, str>, Box<str>, char);
into_field!(Bytes: &'static [u8], Vec<u8>, &'static str, String);
into_field!(Value: &str, String, bool, i32, i64, u32, u64, f64);
into_field!(Duration: std::time::Duration => time::saturating_duration);
into_field!(Timestamp: SystemTime => time::saturating_timestamp);
