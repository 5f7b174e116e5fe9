//! Bodies that are opened anew for each attempt.

use bytes::Bytes;
use futures_core::future::BoxFuture;

use crate::{error::Result, transport::body::Body};

/// The body of a request, for all of its attempts.
pub(crate) enum Payload {
    Bytes(Bytes),
    Media(Box<dyn Reopen>),
}

/// A body that is opened for each attempt.
pub(crate) trait Reopen: Send + Sync {
    /// Returns whether the body can be opened again.
    fn is_repeatable(&self) -> bool;

    /// Opens the body for an attempt.
    fn open(&self) -> BoxFuture<'_, Result<Body>>;

    /// Takes the body as sent, until it is read: a transport of the caller's, such as a fake, need
    /// not look at it.
    fn assume_sent(&self);
}

impl Payload {
    /// Returns whether the body can be sent again.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Media(media) => media.is_repeatable(),
        }
    }

    /// Opens the body for an attempt.
    pub(crate) async fn open(&self) -> Result<Body> {
        match self {
            Self::Bytes(bytes) => Ok(Body::from_bytes(bytes.clone())),
            Self::Media(media) => media.open().await,
        }
    }

    /// Takes the body as sent, until it is read.
    pub(crate) fn assume_sent(&self) {
        if let Self::Media(media) = self {
            media.assume_sent();
        }
    }
}
