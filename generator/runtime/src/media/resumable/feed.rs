//! The media, chunk by chunk.

use super::{
    chunk::{CHUNK, Chunk, beyond},
    window::Window,
};
use crate::{
    error::Result,
    media::{Media, meter::Meter, source::Source},
};

/// The source of the chunks.
pub(super) enum Feed {
    /// Media that can be read from any position. Without a size of chunks, the rest is one chunk.
    Whole {
        source: Source,
        length: u64,
        size: Option<u64>,
    },
    /// Media that is read once.
    Window(Window),
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
                let size = size.unwrap_or(CHUNK);
                Self::Window(Window::new(&media.source, size, length, limit, meter))
            }
        }
    }

    /// Returns the length of the media, if it is known by now.
    pub(super) fn total(&self) -> Option<u64> {
        match self {
            Self::Whole { length, .. } => Some(*length),
            Self::Window(window) => window.total(),
        }
    }

    /// Returns whether the media can still be read from its beginning.
    pub(super) fn can_restart(&self) -> bool {
        match self {
            Self::Whole { .. } => true,
            Self::Window(window) => window.start() == 0,
        }
    }

    /// Returns the chunk that begins at a position. Media that is read once is forgotten up to there.
    ///
    /// # Errors
    ///
    /// If the media has no such position, or has been forgotten there.
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

    /// Reads the media ahead, as far as there is room for it.
    pub(super) async fn read_ahead(&mut self) {
        if let Self::Window(window) = self {
            window.read_ahead().await;
        }
    }
}
