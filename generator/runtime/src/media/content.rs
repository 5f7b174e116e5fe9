//! Media to upload.

use std::{error::Error as StdError, fmt, io, path::Path};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncRead;

use super::{
    reader::{MapErr, ReaderPieces},
    source::Source,
    types,
};
use crate::error::{Result, serialization};

const OCTET_STREAM: &str = "application/octet-stream";

/// Media to upload, with its content type.
///
/// A file, a reader or a stream takes the same memory whatever its size.
pub struct Media {
    pub(super) source: Source,
    pub(super) length: Option<u64>,
    content_type: Option<String>,
}

impl Media {
    /// Returns media in memory.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            length: u64::try_from(bytes.len()).ok(),
            source: Source::Bytes(bytes),
            content_type: None,
        }
    }

    /// Returns a file as media, which is read while it is sent. Its content type follows from the
    /// extension of its name, if that is a common one.
    ///
    /// The file must not change until it is sent: an upload that finds it changed ends in an error.
    ///
    /// # Errors
    ///
    /// If there is no such file, or it cannot be read.
    pub async fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let (source, length) = Source::file(path).await.map_err(serialization)?;
        Ok(Self {
            source,
            length: Some(length),
            content_type: types::of_path(path).map(str::to_owned),
        })
    }

    /// Returns a reader as media. It is read once: an upload cannot begin again after reading has
    /// begun. A resumable one keeps the bytes that the service has yet to confirm, and continues.
    ///
    /// With a `length`, in bytes, the upload is announced by `Content-Length`, and fails if the
    /// reader yields more or less. Without, it goes out in chunks.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        Self::once(ReaderPieces::new(reader), length)
    }

    /// Returns a stream as media; otherwise as [`from_reader`](Self::from_reader). The pieces are sent as
    /// they come, without being copied.
    pub fn from_stream<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::once(MapErr::new(stream), length)
    }

    fn once(
        pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self {
            source: Source::once(Box::pin(pieces)),
            length,
            content_type: None,
        }
    }

    /// Sets the content type, such as `image/png`, in place of that of the file's name.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Returns its length in bytes, if known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns its content type: `application/octet-stream` if nothing else is known.
    pub fn content_type(&self) -> &str {
        self.content_type.as_deref().unwrap_or(OCTET_STREAM)
    }
}

/// Media, or bytes in memory.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not media",
    note = "a file is `Media::from_path(path).await?`, text is `Media::from_bytes(text)`"
)]
pub trait IntoMedia {
    /// Returns the media.
    fn into_media(self) -> Media;
}

impl IntoMedia for Media {
    fn into_media(self) -> Media {
        self
    }
}

impl IntoMedia for Bytes {
    fn into_media(self) -> Media {
        Media::from_bytes(self)
    }
}

impl IntoMedia for Vec<u8> {
    fn into_media(self) -> Media {
        Media::from_bytes(self)
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
