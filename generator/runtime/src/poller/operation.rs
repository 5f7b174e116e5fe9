//! Long-running operations, as [AIP-151](https://google.aip.dev/151) defines them.

use google_cloud_rpc::model::Status;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::failure;
use crate::{any::Any, error::Result};

/// A long-running operation: [`google.longrunning.Operation`](https://google.aip.dev/151).
///
/// It is the same type in every generated client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[non_exhaustive]
pub struct Operation {
    /// The operation's name, which identifies it to the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The metadata of the operation while it runs, with its type in `@type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Any>,
    /// True once it has ended, with an error or a response.
    #[serde(deserialize_with = "crate::wire::null_as_default")]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
    /// The error that it ended with. The `code` is a `google.rpc.Code`, not an HTTP status.
    #[serde(deserialize_with = "optional_status")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Status>,
    /// Its response, with its type in `@type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Any>,
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

fn optional_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Status>, D::Error> {
    Ok(failure::of_value(&Value::deserialize(deserializer)?))
}
