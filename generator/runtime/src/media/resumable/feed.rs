//! What of the media is sent next.

use super::window::Window;
use bytes::Bytes;

use crate::{
    call::payload::Payload,
    error::{self, MediaError, Result},
    media::{Media, body::MediaPayload, meter::Meter, source::Source},
};

/// Where the chunks of media come from.
pub(super) enum Feed {
    /// What can be read from any place. Without a size of chunks, the rest is one chunk.
    Whole {
        source: Source,
        length: u64,
        size: Option<u64>,
    },
    /// What is read once.
    Window(Window),
}

/// A part of the media.
pub(super) struct Chunk {
    pub(super) source: Source,
    pub(super) offset: u64,
    pub(super) length: u64,
    /// The length of the whole media, if it is known by now.
    pub(super) total: Option<u64>,
}

impl Feed {
    pub(super) fn new(media: &Media, size: Option<u64>, limit: Option<u64>, meter: Meter) -> Self {
        match media.length {
            Some(length) if media.source.is_rewindable() => Self::Whole {
                source: media.source.clone(),
                length,
                size,
            },
            length => {
                let size = size.unwrap_or(super::CHUNK);
                Self::Window(Window::new(&media.source, size, length, limit, meter))
            }
        }
    }

    /// The length of the media, if it is known by now.
    pub(super) fn total(&self) -> Option<u64> {
        match self {
            Self::Whole { length, .. } => Some(*length),
            Self::Window(window) => window.total(),
        }
    }

    /// Whether the upload can begin again.
    pub(super) fn can_restart(&self) -> bool {
        match self {
            Self::Whole { .. } => true,
            Self::Window(window) => window.start() == 0,
        }
    }

    /// The chunk that begins here; what lies before is not asked for again, if all is well.
    ///
    /// # Errors
    ///
    /// If the media has no such place, or it went by.
    pub(super) async fn at(&mut self, offset: u64) -> Result<Chunk> {
        match self {
            Self::Whole {
                source,
                length,
                size,
            } => {
                let rest = length
                    .checked_sub(offset)
                    .ok_or_else(|| beyond(offset, *length))?;
                Ok(Chunk {
                    source: source.clone(),
                    offset,
                    length: rest.min(size.unwrap_or(u64::MAX)),
                    total: Some(*length),
                })
            }
            Self::Window(window) => window.at(offset).await,
        }
    }

    /// Reads what will be asked for next, as far as there is room for it.
    pub(super) async fn read_ahead(&mut self) {
        if let Self::Window(window) = self {
            window.read_ahead().await;
        }
    }
}

impl Chunk {
    pub(super) fn payload(&self, meter: &Meter) -> Payload {
        if self.length == 0 {
            return Payload::Bytes(Bytes::new());
        }
        Payload::Media(Box::new(MediaPayload {
            head: Bytes::new(),
            source: self.source.clone(),
            offset: self.offset,
            length: Some(self.length),
            limit: None,
            tail: Bytes::new(),
            meter: meter.clone(),
        }))
    }

    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.length)
    }

    /// Whether nothing comes after it.
    pub(super) fn is_last(&self) -> bool {
        self.total == Some(self.end())
    }

    /// Its place, as `Content-Range` says it.
    pub(super) fn range(&self) -> String {
        let total = total(self.total);
        match self.length.checked_sub(1) {
            None => format!("bytes */{total}"),
            Some(more) => {
                let last = self.offset.saturating_add(more);
                format!("bytes {}-{last}/{total}", self.offset)
            }
        }
    }
}

/// A total, as `Content-Range` says it.
pub(super) fn total(total: Option<u64>) -> String {
    total.map_or_else(|| "*".to_owned(), |total| total.to_string())
}

/// The service has more than there is.
pub(super) fn beyond(stored: u64, length: u64) -> error::Error {
    error::media(MediaError::Protocol {
        problem: format!(
            "the service says that it has {stored} bytes of media of which there are {length}"
        ),
    })
}
