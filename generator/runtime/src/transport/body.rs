//! Bodies of requests.

use std::fmt;

use bytes::Bytes;
use futures_core::stream::BoxStream;
use serde::de::DeserializeOwned;

use super::incoming::Incoming;
use crate::error::{self, Result};

/// The body of a [`Call`](crate::Call).
pub struct Body {
    pub(crate) content: Content,
    pub(crate) length: Option<u64>,
}

pub(crate) enum Content {
    Bytes(Bytes),
    Stream(BoxStream<'static, Result<Bytes>>),
}

impl Body {
    pub(crate) fn from_bytes(bytes: Bytes) -> Self {
        Self {
            length: u64::try_from(bytes.len()).ok(),
            content: Content::Bytes(bytes),
        }
    }

    /// The length in bytes, if known before the body is sent.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if the body is in memory. Only media is streamed.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is streamed, or is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let bytes = self
            .as_bytes()
            .ok_or_else(|| error::deserialization("the body is streamed"))?;
        serde_json::from_slice(bytes).map_err(error::deserialization)
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// If streamed media cannot be read.
    pub async fn collect(self) -> Result<Bytes> {
        match self.content {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Stream(stream) => {
                let mut all = Vec::new();
                let mut stream = Incoming::Stream(stream);
                while let Some(chunk) = stream.next().await {
                    all.extend_from_slice(&chunk?);
                }
                Ok(all.into())
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
