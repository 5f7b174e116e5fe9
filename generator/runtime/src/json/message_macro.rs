//! The macro that implements messages.

/// Makes a struct a [`Message`](crate::Message) that serde reads and writes, with a setter for each
/// field. Lists the fields: the name in JSON, the setter, and the type of the value, in which
/// `Box T` is short for `Option<Box<T>>`, `[T]` for a list, `{T}` for a map, and any other `T` for
/// `Option<T>`. The struct has one more field, `unknown_fields`.
///
/// ```
/// use discovery_runtime::{UnknownFields, message};
///
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct App {
///     pub bundle_id: Option<String>,
///     pub tags: Vec<String>,
///     pub unknown_fields: UnknownFields,
/// }
///
/// message!(App {
///     bundle_id = "bundleId" set_bundle_id(String),
///     tags = "tags" set_tags([String])
/// });
///
/// let text = r#"{"bundleId":"com.example","tags":["a"],"rating":5}"#;
/// let app: App = serde_json::from_str(text)?;
/// assert_eq!(app.bundle_id.as_deref(), Some("com.example"));
/// assert_eq!(serde_json::to_string(&app.set_tags(["b"]))?, text.replace("\"a\"", "\"b\""));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! message {
    ($name:ident {
        $($(#[$attribute:meta])* $field:ident = $json:literal $setter:ident($($value:tt)+)),* $(,)?
    }) => {
        #[allow(deprecated, unreachable_pub)]
        impl $name {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                $(#[$attribute])*
                pub fn $setter(
                    mut self,
                    value: impl $crate::IntoField<$crate::field_type!($($value)+)>,
                ) -> Self {
                    self.$field = value.into_field();
                    self
                }
            )*
        }

        #[allow(deprecated)]
        impl $crate::Message for $name {
            const FIELDS: &'static [&'static str] = &[$($json),*];

            fn read_field<'de, A: $crate::__private::MapAccess<'de>>(
                &mut self,
                name: &str,
                fields: &mut $crate::__private::FieldReader<'_, A>,
            ) -> ::std::result::Result<::std::option::Option<$crate::Value>, A::Error> {
                match name {
                    $($json => fields.read(&mut self.$field),)*
                    _ => fields.unknown(),
                }
            }

            fn write_fields<S: $crate::__private::SerializeMap>(
                &self,
                #[allow(unused_variables)] fields: &mut $crate::__private::FieldWriter<'_, S>,
            ) {
                $(fields.write($json, &self.$field);)*
            }

            fn unknown_fields(&self) -> &$crate::UnknownFields {
                &self.unknown_fields
            }

            fn unknown_fields_mut(&mut self) -> &mut $crate::UnknownFields {
                &mut self.unknown_fields
            }
        }

        $crate::serde_by_json_form!($name);
    };
}

/// The type of a field, from the short form in [`message!`](crate::message).
#[doc(hidden)]
#[macro_export]
macro_rules! field_type {
    (Box $value:ty) => { ::std::option::Option<::std::boxed::Box<$value>> };
    ([$value:ty]) => { ::std::vec::Vec<$value> };
    ({$value:ty}) => { ::std::collections::BTreeMap<::std::string::String, $value> };
    ($value:ty) => { ::std::option::Option<$value> };
}

/// Implements serde's traits for a type that has a [`JsonForm`](crate::JsonForm).
#[doc(hidden)]
#[macro_export]
macro_rules! serde_by_json_form {
    ($name:ident) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::JsonForm::to_json(self, serializer)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
}
