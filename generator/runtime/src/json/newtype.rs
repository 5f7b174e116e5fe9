//! Types of one value: schemas that are a list, a map or a scalar.

/// Implements serde's traits for a struct of one unnamed field that has a
/// [`JsonForm`](crate::JsonForm).
#[doc(hidden)]
#[macro_export]
macro_rules! newtype {
    ($name:ident) => {
        impl $crate::JsonForm for $name {
            fn from_json<'de, D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
                decoding: &mut $crate::__private::Decoding,
            ) -> ::std::result::Result<$crate::__private::Decoded<Self>, D::Error> {
                let decoded = $crate::JsonForm::from_json(deserializer, decoding)?;
                ::std::result::Result::Ok(decoded.map(Self))
            }

            fn to_json<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::JsonForm::to_json(&self.0, serializer)
            }

            fn from_null() -> ::std::option::Option<Self> {
                $crate::JsonForm::from_null().map(Self)
            }
        }

        $crate::serde_by_json_form!($name);
    };
}
