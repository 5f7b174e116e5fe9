//! What is uploaded: bytes, a file, or whatever can be read.

mod multipart;
mod source;
mod types;
mod upload;

use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use tokio::io::AsyncRead;

use crate::{Result, error};

pub(crate) use source::Payload;
use source::Source;
pub use upload::Upload;

const OCTET_STREAM: &str = "application/octet-stream";

/// Media to upload, with its content type.
///
/// A file or a reader is streamed: it takes the same memory whatever its size.
pub struct Media {
    source: Source,
    length: Option<u64>,
    content_type: Option<String>,
}

impl Media {
    /// Media in memory.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            length: u64::try_from(bytes.len()).ok(),
            source: Source::Bytes(bytes),
            content_type: None,
        }
    }

    /// A file, which is read while it is sent. Its content type follows from the extension of its
    /// name, if that is a common one.
    ///
    /// # Errors
    ///
    /// If there is no such file, or it may not be read.
    pub async fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let metadata = source::metadata(path).await.map_err(error::serialization)?;
        Ok(Self {
            source: Source::File(path.to_owned()),
            length: Some(metadata.len()),
            content_type: types::of_path(path).map(str::to_owned),
        })
    }

    /// Whatever can be read, which is read once: such an upload cannot be tried again after
    /// reading has begun.
    ///
    /// With a `length`, in bytes, the upload is announced by `Content-Length`, and fails if the
    /// reader yields more or less. Without, it goes out in chunks.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        Self {
            source: Source::Reader(Arc::new(Mutex::new(Some(Box::pin(reader))))),
            length,
            content_type: None,
        }
    }

    /// Says what the media is, such as `image/png`, in place of what its name says.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Its length in bytes, if known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Its content type: `application/octet-stream` if nothing else is known.
    pub fn content_type(&self) -> &str {
        self.content_type.as_deref().unwrap_or(OCTET_STREAM)
    }
}

impl From<Bytes> for Media {
    fn from(bytes: Bytes) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for Media {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from_bytes(bytes)
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media")
            .field("length", &self.length)
            .field("content_type", &self.content_type())
            .finish_non_exhaustive()
    }
}
