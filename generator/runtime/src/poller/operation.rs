//! Long-running operations, as [AIP-151](https://google.aip.dev/151) defines them.

use google_cloud_rpc::model::Status;
use serde::{
    de::{DeserializeOwned, Error as _, MapAccess},
    ser::SerializeMap,
};
use serde_json::Value;

use super::failure;
use crate::{
    error::Result,
    json::{
        any::Any,
        message::{FieldReader, FieldWriter, Message},
        unknown_fields::UnknownFields,
    },
};

/// A long-running operation: [`google.longrunning.Operation`](https://google.aip.dev/151).
///
/// It is the same type in every generated client.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Operation {
    /// The operation's name, which identifies it to the service.
    pub name: Option<String>,
    /// The metadata of the operation while it runs, with its type in `@type`.
    pub metadata: Option<Any>,
    /// True once it has ended, with an error or a response.
    pub done: bool,
    /// The error that it ended with. The `code` is a `google.rpc.Code`, not an HTTP status.
    pub error: Option<Status>,
    /// Its response, with its type in `@type`.
    pub response: Option<Any>,
    /// Fields that this type does not know.
    pub unknown_fields: UnknownFields,
}

impl Operation {
    /// Decodes the response as a `T`, if there is one yet.
    ///
    /// # Errors
    ///
    /// If the response is not JSON of a `T`.
    pub fn unpack<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        self.response.as_ref().map(Any::unpack).transpose()
    }

    /// Decodes the metadata as a `T`, if there is any.
    ///
    /// # Errors
    ///
    /// If the metadata is not JSON of a `T`.
    pub fn unpack_metadata<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        self.metadata.as_ref().map(Any::unpack).transpose()
    }
}

impl Message for Operation {
    const FIELDS: &'static [&'static str] = &["name", "metadata", "done", "error", "response"];

    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        fields: &mut FieldReader<'_, A>,
    ) -> Result<Option<Value>, A::Error> {
        match name {
            "name" => fields.read(&mut self.name),
            "metadata" => fields.read(&mut self.metadata),
            "done" => {
                let mut done = None;
                // Polling depends on it, so any other value is an error.
                if let Some(value) = fields.read(&mut done)? {
                    let message = format_args!("invalid value {value}, expected a boolean");
                    return Err(A::Error::custom(message));
                }
                self.done = done.unwrap_or_default();
                Ok(None)
            }
            "error" => {
                let mut error = Value::Null;
                fields.read(&mut error)?;
                self.error = failure::of_value(&error);
                Ok(None)
            }
            "response" => fields.read(&mut self.response),
            _ => fields.unknown(),
        }
    }

    /// Leaves out `done` while it is false.
    fn write_fields<S: SerializeMap>(&self, fields: &mut FieldWriter<'_, S>) {
        fields.write("name", &self.name);
        fields.write("metadata", &self.metadata);
        fields.write("done", &self.done.then_some(true));
        fields.write("error", &self.error);
        fields.write("response", &self.response);
    }

    fn unknown_fields(&self) -> &UnknownFields {
        &self.unknown_fields
    }

    fn unknown_fields_mut(&mut self) -> &mut UnknownFields {
        &mut self.unknown_fields
    }
}

crate::serde_by_json_form!(Operation);
