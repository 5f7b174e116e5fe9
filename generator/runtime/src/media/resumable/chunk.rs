//! Parts of media, as the protocol of resumable uploads names them.

use bytes::Bytes;

use crate::{
    call::payload::Payload,
    error::{self, Error, MediaError, Result},
    media::{body::MediaPayload, meter::Meter, source::Source},
};

/// The size of every chunk but the last is a multiple of this, in bytes.
pub(super) const GRANULE: u64 = 256 * 1024;
/// The size of chunks unless the caller sets one, and the largest media that goes out in one request, in
/// bytes.
pub(super) const CHUNK: u64 = 8 * 1024 * 1024;

/// A part of the media.
pub(super) struct Chunk {
    pub(super) source: Source,
    pub(super) offset: u64,
    pub(super) length: u64,
    /// The length of the whole media, if it is known by now.
    pub(super) total: Option<u64>,
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

    /// Returns the position after its last byte.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.length)
    }

    /// Returns whether nothing comes after it.
    pub(super) fn is_last(&self) -> bool {
        self.total == Some(self.end())
    }

    /// Returns whether a reply of the service after it was sent to its end may end the upload.
    pub(super) fn may_complete(&self, meter: &Meter) -> bool {
        self.is_last() && (self.length == 0 || meter.is_body_sent())
    }

    /// Returns how many bytes of it count as progress: an upload that advances by less per request
    /// would not end in any reasonable time.
    pub(super) fn progress(&self) -> u64 {
        (self.length / 100).clamp(1, GRANULE)
    }

    /// Checks that the service kept enough of it.
    pub(super) fn check_progress(&self, stored: u64) -> Result<()> {
        let kept = stored.saturating_sub(self.offset);
        if kept >= self.progress() {
            return Ok(());
        }
        let range = self.range();
        Err(error::broken(match kept {
            0 => format!("the service kept nothing of {range}, but {stored} bytes"),
            _ => format!("the service kept only {kept} bytes of {range}"),
        }))
    }

    /// Returns its value of `Content-Range`.
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

/// Returns a total as `Content-Range` has it.
pub(super) fn total(total: Option<u64>) -> String {
    total.map_or_else(|| "*".to_owned(), |total| total.to_string())
}

/// The error of a service that claims more bytes than there are.
pub(super) fn beyond(stored: u64, length: u64) -> Error {
    error::media(MediaError::Protocol {
        problem: format!(
            "the service says that it has {stored} bytes of media of which there are {length}"
        ),
    })
}
