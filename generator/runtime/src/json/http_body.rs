//! Bodies that are not JSON.

use bytes::Bytes;
use serde::{de::MapAccess, ser::SerializeMap};
use serde_json::Value;

use super::{
    message::{FieldReader, FieldWriter, Message},
    unknown_fields::UnknownFields,
};

/// A body of any media type: [`google.api.HttpBody`](https://github.com/googleapis/googleapis/blob/master/google/api/httpbody.proto).
///
/// A method that takes or answers it sends the bytes as they are, and their type in `Content-Type`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct HttpBody {
    /// The media type, such as `image/png`.
    pub content_type: Option<String>,
    /// The bytes.
    pub data: Bytes,
    /// Fields that this type does not know, such as `extensions`.
    pub unknown_fields: UnknownFields,
}

impl Message for HttpBody {
    const FIELDS: &'static [&'static str] = &["contentType", "data"];

    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        fields: &mut FieldReader<'_, A>,
    ) -> Result<Option<Value>, A::Error> {
        match name {
            "contentType" => fields.read(&mut self.content_type),
            "data" => fields.read(&mut self.data),
            _ => fields.unknown(),
        }
    }

    fn write_fields<S: SerializeMap>(&self, fields: &mut FieldWriter<'_, S>) {
        fields.write("contentType", &self.content_type);
        fields.write("data", &self.data);
    }

    fn unknown_fields(&self) -> &UnknownFields {
        &self.unknown_fields
    }

    fn unknown_fields_mut(&mut self) -> &mut UnknownFields {
        &mut self.unknown_fields
    }
}

crate::serde_by_json_form!(HttpBody);

impl HttpBody {
    /// A body of this media type.
    pub fn new(content_type: impl Into<String>, data: impl Into<Bytes>) -> Self {
        Self {
            content_type: Some(content_type.into()),
            data: data.into(),
            unknown_fields: UnknownFields::default(),
        }
    }
}
